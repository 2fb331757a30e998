package org.pgrehearsal.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.check.LedgerResult;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.restore.Judgement;
import org.pgrehearsal.sabotage.Damage;
import org.pgrehearsal.sabotage.Outcome;
import org.pgrehearsal.sabotage.Sabotage;
import org.pgrehearsal.sabotage.Scene;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.Fault;
import org.pgrehearsal.store.FaultRule;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.store.Injection;
import org.pgrehearsal.store.Selector;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.cnpg.BackupFailed;
import org.pgrehearsal.target.Prediction;
import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.target.TargetAction;
import org.pgrehearsal.target.TargetTimeline;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.verdict.Verdict;
import org.pgrehearsal.wal.Frontier;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalSegment;

/**
 * What the steps of one scenario do, in the order in which a scenario may do it: a course, perhaps damage or a fault, a restore, then what is
 * demanded of it. Made anew for each scenario by Cucumber.
 */
public final class Scenarios {
    private @Nullable Drill drill;
    private @Nullable Course course;
    private @Nullable Bucket copy;
    private @Nullable Damage damage;
    private @Nullable Gate gate;
    private @Nullable Injection injection;
    private @Nullable Restore restore;
    private @Nullable BackupFailed failedBackup;
    private @Nullable TreeDatabase tree;

    /** Begins a drill for a scenario. */
    public void begin(String run, String system, String feature, String scenario, boolean control, String id) {
        Rehearsal rehearsal = Rehearsal.running(run);
        Drill begun = new Drill(rehearsal, rehearsal.lane(system), feature, scenario, control);
        drill = begun;
        DrillRunner.register(id, begun);
    }

    Drill drill() {
        return need(drill, "a drill");
    }

    private Course course() {
        return need(course, "a source");
    }

    /** The source, if the scenario has one. */
    @Nullable
    Course courseIfAny() {
        return course;
    }

    /** What was restored in another way. */
    void judged(Restore made) {
        restore = made;
    }

    private static <T> T need(@Nullable T thing, String what) {
        if (thing == null) {
            throw new IllegalStateException("the scenario needs " + what + " first");
        }
        return thing;
    }

    /** A source that was backed up while its writers ran. */
    public void backedUp() {
        course = drill().lane().course();
    }

    /** The same with a chain of backups. */
    public void backedUpInAChain() {
        course = drill().lane().chained();
    }

    /** A source that only Kubernetes has. */
    public void kubernetes(String phrase) {
        KubernetesLane lane = KubernetesLane.of(drill());
        KubernetesSource source = KubernetesSource.named(phrase);
        course = lane.course(source);
        lane.told(source).forEach(drill()::observe);
    }

    /** The same, whose backup may have failed: then the operator must say why, and there is nothing to restore. */
    public void kubernetesWithLittle(String phrase) {
        try {
            kubernetes(phrase);
        } catch (IllegalStateException e) {
            if (!(e.getCause() instanceof BackupFailed failed)) {
                throw e;
            }
            drill().checked();
            drill().summarise("loud: " + failed.getMessage());
            failedBackup = failed;
        }
    }

    /** Restores that backup, if there is one, and demands its rows. */
    public void restoredIfThereIsOne() throws Exception {
        if (failedBackup == null) {
            restoreLast("the latest commit");
            rowsAreExact();
            archiveIsUntouched();
        }
    }

    /** What the operator calls the restored cluster is in the report, beside what is really in it. */
    public void operatorSpoke() {
        if (drill().observations().stream().noneMatch(said -> said.startsWith(KubernetesLane.OPERATOR))) {
            throw new Doubt("the operator said nothing of the restored cluster");
        }
        drill().checked();
    }

    /** A source whose history forked. */
    public void forked() {
        course = drill().lane().forked();
    }

    /** Damages a copy of the course's bucket. */
    public void sabotage(String phrase) throws Exception {
        Drill current = drill();
        Course original = course();
        Bucket ruined =
                current.progress().phase("copy the backup", () -> current.lane().copyOf(original));
        Backup backup = original.backups().getFirst();
        Sabotage sabotage = Sabotage.named(phrase);
        Scene scene = new Scene(
                ruined,
                current.lane().system().layout(),
                backup,
                needed(original, backup),
                LedgerCommits.of(original, backup)::firstFrom,
                original.earlierIndexes(),
                () -> current.lane().foreignSegment(current),
                current.rehearsal().options().seed());
        copy = ruined;
        damage = current.progress().phase("damage the copy", () -> sabotage.inflict(scene));
    }

    private static List<WalSegment> needed(Course course, Backup backup) {
        if (!(backup instanceof Backup.Physical physical)) {
            return List.of();
        }
        Map<TimelineId, Frontier> frontiers = course.frontiers(physical);
        Frontier frontier = need(frontiers.get(course.timeline()), "a frontier");
        List<WalSegment> needed = new ArrayList<>();
        WalSegment segment = WalSegment.containing(physical.timeline(), physical.start(), course.segmentSize());
        while (frontier.last() != null && segment.number() <= frontier.last().number()) {
            needed.add(segment);
            segment = segment.next();
        }
        return needed;
    }

    /** Puts a fault into the gate through which the next restore goes. */
    public void fault(String phrase) {
        Fault fault = Faults.named(phrase);
        Gate way = drill().guard();
        int segments = needed(course(), course().backup()).size();
        int middle = Math.max(2, segments / 2 + 1);
        injection = drill().undo()
                .closing(
                        "end the outage",
                        way.inject(FaultRule.of(Selector.everything(), fault).onceKey(Selector.walSegment(), middle)));
        drill().relievedBy(injection::close);
        gate = way;
        drill().observe("the store " + phrase + " from the " + middle + ". of " + segments + " WAL segments on");
    }

    /** Restores the last backup to what a phrase says. */
    public void restoreLast(String target) throws Exception {
        restore(
                Lane.Form.USUAL,
                Targets.order(target, course(), course().backup()),
                course().site().bucket());
    }

    /** Restores a dump from its plain form. */
    public void restorePlain() throws Exception {
        restore(
                Lane.Form.PLAIN,
                RestoreOrder.latest(course().backup()),
                course().site().bucket());
    }

    /** Lets a replica follow the source's archive to its end, and promotes it. */
    public void promoteReplica() throws Exception {
        restore(
                Lane.Form.REPLICA,
                RestoreOrder.latest(course().backup()),
                course().site().bucket());
    }

    /** Restores a backup of a forked source along one of its timelines. */
    public void restoreForked(boolean first, String target, boolean newTimeline) throws Exception {
        Course forked = course();
        Backup backup = first ? forked.backups().getFirst() : forked.backups().getLast();
        TargetTimeline timeline =
                newTimeline ? new TargetTimeline.Latest() : new TargetTimeline.Numbered(TimelineId.FIRST);
        RecoveryTarget wanted = switch (target) {
            case "the latest commit" -> new RecoveryTarget.Latest();
            case "the restore point" -> new RecoveryTarget.Name(forked.restorePoint());
            case "a position past the fork" ->
                new RecoveryTarget.AtLsn(Forked.pastTheFork(drill().lane().course()), true);
            case "a position before the switch" ->
                new RecoveryTarget.AtLsn(Forked.beforeTheSwitch(forked, (Backup.Physical) backup), true);
            case "a time after the switch" -> new RecoveryTarget.Time(Forked.afterTheSwitch(forked), true);
            default -> throw new IllegalArgumentException("no target of a fork is called " + target);
        };
        TargetAction action = wanted instanceof RecoveryTarget.Latest ? TargetAction.PROMOTE : TargetAction.PAUSE;
        restore(
                Lane.Form.USUAL,
                new RestoreOrder(backup, wanted, timeline, action),
                forked.site().bucket());
    }

    /** Restores the damaged copy. */
    public void restoreCopy(boolean plain) throws Exception {
        restore(
                plain ? Lane.Form.PLAIN : Lane.Form.USUAL,
                RestoreOrder.latest(course().backups().getFirst()),
                need(copy, "a damaged copy"));
    }

    private void restore(Lane.Form form, RestoreOrder order, Bucket bucket) throws Exception {
        Gate way = gate == null ? drill().guard() : gate;
        Lsn hurt = damage == null ? null : Forked.damaged(damage, course());
        boolean thorough = order.target() instanceof RecoveryTarget.Latest && damage == null && injection == null;
        restore = Restore.of(drill(), form, course(), order, bucket, way, hurt, thorough);
    }

    private Restore restore() {
        return need(restore, "a restore");
    }

    private Judgement judgement() {
        return restore().judgement();
    }

    /** Everything that the backup needs is in the bucket, by our own listing. */
    public void storeHoldsEverything() {
        Completeness.demand(drill(), course());
    }

    /** The rows, twins, accounts and objects are those of the commits before the stop. */
    public void rowsAreExact() {
        demand("ledger");
        demand("objects");
        demand("identity", false);
        drill().summarise("exactly " + count("operations present") + " operations are back");
    }

    private String count(String name) {
        return judgement().measurements().stream()
                .filter(measurement -> measurement.name().equals(name))
                .findFirst()
                .map(measurement -> Long.toString(Math.round(measurement.value())))
                .orElse("some");
    }

    /** What a standby lacked when it took over was acknowledged, is not there, and is in the report with its first operation. */
    public void lostCommitsAreNamed() {
        long lost = leftBehind();
        if (lost == 0) {
            throw new Doubt("the takeover lost no acknowledged commit, so that none could be named");
        }
        drill().summarise("rows exact; the takeover itself lost " + lost + " acknowledged operations");
        drill().checked();
    }

    /** A standby had everything that was acknowledged. */
    public void noAcknowledgedCommitIsLost() {
        long lost = leftBehind();
        if (lost > 0) {
            throw drill().refute(new Finding(
                    Anomaly.LOST_WITH_THE_PRIMARY,
                    lost,
                    Anomaly.LOST_WITH_THE_PRIMARY.summary() + ": " + lost + " operations",
                    judgement().observations().stream().limit(Finding.KEPT).toList()));
        }
        drill().checked();
    }

    private long leftBehind() {
        return ((LedgerResult) need(restore().check("ledger"), "a ledger"))
                .counts()
                .leftBehind();
    }

    /** The server's log agrees with the rules. */
    public void serverStopped() {
        demand("server log");
    }

    /** The clog agrees with the archived log. */
    public void statusAgrees() {
        demand("transaction status");
    }

    /** Checksums, heaps and indexes are sound. */
    public void pagesAreSound() {
        demand("structure");
        demand("checksums");
    }

    /** What was done to the restored rows, and taken back again, was seen by the checks. */
    public void changesAreFound() {
        demand("own eyes");
    }

    /** The bucket is the same, object for object. */
    public void archiveIsUntouched() {
        restore().archiveIsUntouched(drill());
    }

    private void demand(String check) {
        demand(check, true);
    }

    /** Every check of the judgement counts, whichever a step names: damage that is seen is never left out. */
    private void demand(String check, boolean mustHaveRun) {
        List<Finding> all = judgement().findings();
        drill().refuteIfAny(all);
        CheckResult result = restore().check(check);
        if (result == null) {
            if (mustHaveRun) {
                throw new Doubt("the check of the " + check + " did not run: "
                        + String.join("; ", judgement().silent()));
            }
            return;
        }
        if (!result.counted()) {
            throw new Doubt(check + ": " + String.join("; ", result.notCounted()));
        }
        drill().checked();
    }

    /** What PostgreSQL's rules ask for happened: a refusal for the right reason, or an exact stop. */
    public void asTheRulesSay() {
        Judgement judgement = judgement();
        switch (judgement.expected().prediction()) {
            case Prediction.Refusal refusal -> refusedFor(refusal);
            case Prediction.Stop _ -> rowsAreExact();
            case Prediction.Undecided undecided -> throw new Doubt(undecided.why());
        }
    }

    private void refusedFor(Prediction.Refusal refusal) {
        switch (judgement().attempt()) {
            case Attempt.Opened _ ->
                throw drill().refute(Finding.of(
                        Anomaly.UNDETECTED, "the restore was not refused, although " + refusal.why()));
            case Attempt.Refused refused -> {
                if (!Refusals.isFor(refused, refusal)) {
                    throw drill().refute(Finding.of(
                            Anomaly.REFUSED, "refused, but not because " + refusal.why() + ": " + refused.reason()));
                }
                if (refused.log().complete()) {
                    throw drill().refute(Finding.of(Anomaly.UNDETECTED, "the server was promoted before it failed"));
                }
                drill().checked();
                drill().summarise("refused: " + refused.reason());
            }
        }
    }

    /** The damage showed, for the right reason. */
    public void damageIsFound() {
        Damage done = need(damage, "a damage");
        if (!done.reached(restore().asked(), restore().listed())) {
            throw new Doubt("the restore never came upon the damage: " + done.what());
        }
        drill().observe(done.what());
        done.judge(outcome()).ifPresent(finding -> {
            throw drill().refute(finding);
        });
        drill().checked();
        drill().summarise("found: " + found());
    }

    private Outcome outcome() {
        Judgement judgement = judgement();
        return switch (judgement.attempt()) {
            case Attempt.Refused refused ->
                new Outcome.Refused(
                        refused.by() == Attempt.By.ENGINE ? Outcome.By.ENGINE : Outcome.By.SERVER,
                        refused.reason() + "\n" + String.join("\n", RecoveryLines.of(refused.log())));
            case Attempt.Opened _ ->
                judgement.findings().isEmpty()
                        ? new Outcome.Accepted()
                        : new Outcome.Refuted(judgement.findings(), judgement.firstLost());
        };
    }

    private String found() {
        return switch (judgement().attempt()) {
            case Attempt.Refused refused -> "refused, " + refused.reason();
            case Attempt.Opened _ -> judgement().findings().getFirst().toString();
        };
    }

    /** An outage either does no harm, or is loud, or is caught by the checks. */
    public void nothingIsLostUnnoticed() {
        Injection outage = need(injection, "an outage");
        if (outage.hits() == 0) {
            throw new Doubt("the outage never hit a request");
        }
        drill().measure(new Measurement("requests hit by the outage", outage.hits(), "requests"));
        Judgement judgement = judgement();
        switch (judgement.attempt()) {
            case Attempt.Refused refused -> {
                drill().observe("PostgreSQL was not fooled: the restore failed loudly");
                drill().summarise("loud: " + refused.reason());
            }
            case Attempt.Opened opened -> {
                boolean lost = judgement.firstLost() != null;
                if (lost && opened.log().complete()) {
                    drill().observe("PostgreSQL was told \"end of archive\" and promoted early");
                }
                Set<Anomaly> found = judgement.findings().stream()
                        .map(Finding::anomaly)
                        .collect(Collectors.toCollection(TreeSet::new));
                if (judgement.verdict() instanceof Verdict.Inconclusive doubt) {
                    throw new Doubt(String.join("; ", doubt.reasons()));
                }
                if (!found.isEmpty() && !found.contains(Anomaly.LOST_SUFFIX)) {
                    throw drill().refute(judgement.findings().getFirst());
                }
                drill().summarise(
                                found.isEmpty()
                                        ? drill().waited()
                                                ? "exact: recovery waited until the store was back"
                                                : "exact in spite of the outage"
                                        : "caught: promoted early, "
                                                + judgement
                                                        .findings()
                                                        .getFirst()
                                                        .what());
            }
        }
        drill().checked();
    }

    /** A database that Flux made, backed up. */
    public void madeFromGit() throws Exception {
        TreeDatabase made = TreeDatabase.make(drill());
        tree = made;
        course = made.course();
    }

    private TreeDatabase tree() {
        return need(tree, "a database that was made from Git");
    }

    /** The playbook's rebuild. */
    public void rebuildByThePlaybook() throws Exception {
        restore = tree().rebuild();
    }

    /** The playbook's copy to a target. */
    public void copyByThePlaybook(String target) throws Exception {
        restore = tree().copy(target);
    }

    /** That the playbook brought over what the copy has. */
    public void rowsWereBroughtOver() {
        tree().rowsWereBroughtOver();
    }

    /** It is gone, and Flux makes an empty one. */
    public void lostAndMadeAgain() throws Exception {
        tree().loseAndMakeAgain();
    }

    /** It is rebuilt, and nobody thought of a new place for its archive. */
    public void rebuiltInTheOldPlace() throws Exception {
        tree().rebuildInTheOldPlace();
    }

    /** It does not get into the archive of the life before. */
    public void keptOut() throws Exception {
        tree().demandKeptOut();
    }

    /** The spool of an earlier cluster. */
    public void archiveThroughOldSpool() throws Exception {
        SpoolDrill.run(drill());
    }

    /** That it was found. */
    public void spoolIsFound() {
        SpoolDrill.demandFound(drill());
    }
}
