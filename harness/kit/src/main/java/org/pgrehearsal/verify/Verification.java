package org.pgrehearsal.verify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pgrehearsal.course.ArchiveReader;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.restore.Expected;
import org.pgrehearsal.restore.Judgement;
import org.pgrehearsal.restore.LedgerlessJudge;
import org.pgrehearsal.restore.Restorer;
import org.pgrehearsal.store.Exchange;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.store.Inventory;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.KeptBackup;
import org.pgrehearsal.system.PhysicalSystem;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.target.RecoveryRange;
import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.target.Stops;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.WalHistory;

/**
 * Restores a backup to the last commit in its archive and holds what came back against the archived log.
 *
 * @param system    the backup system
 * @param site      the repository, seen and reached through the gate
 * @param gate      a read-only one
 * @param overrides settings of the restored server that win over all others
 * @param patience  how long each long step may take
 */
public record Verification(
        PhysicalSystem system, Site site, Gate gate, Map<String, String> overrides, Duration patience) {
    /** Refusals to start that are about the machine or the settings, never about what was restored. */
    private static final Pattern MACHINE =
            Pattern.compile("could not (access file|load library|create shared memory|map"
                    + " anonymous|create semaphores|create any)|configuration parameter|invalid value for parameter");

    /**
     * Does it all.
     *
     * @param cluster a place for the restored server, which the caller closes
     */
    public Verified run(KeptBackup kept, PostgresCluster cluster, Progress progress) throws Exception {
        Inventory before =
                progress.phase("list the archive", () -> site.bucket().inventory());
        Survey listed = progress.phase("look for gaps", () -> Survey.of(site.bucket(), kept));
        if (!listed.reaches(kept.backup())) {
            return new Verified(
                    kept,
                    List.of(),
                    listed.frontier(),
                    null,
                    null,
                    listed.findings(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        Path directory = Files.createDirectories(cluster.home().resolve("archived-wal"));
        Survey survey = progress.phase(
                "read the archived log ourselves",
                () -> listed.read(
                        new ArchiveReader(cluster.runner(), cluster.tools()), site.bucket(), kept, directory));
        List<String> observations = new ArrayList<>(kept.remarks());
        List<Measurement> measurements = new ArrayList<>(measurements(survey));
        Optional<TransactionRecord> last = survey.lastCommit(kept.backup().stop());
        last.ifPresent(commit -> measurements.add(age(commit)));
        RecoveryTarget target = last.<RecoveryTarget>map(commit -> new RecoveryTarget.AtLsn(commit.start(), true))
                .orElseGet(RecoveryTarget.Immediate::new);
        if (last.isEmpty()) {
            observations.add("the archive holds no commit after the end of the backup: restored to that end");
        }
        StrangeServer server = new StrangeServer(survey.history().controls(), overrides);
        RestoreOrder order = RestoreOrder.to(kept.backup(), target);
        Expected expected = expected(survey, kept.backup(), target);
        Attempt attempt = new Restorer(system, server, patience).restore(cluster, site, order, progress);
        LedgerlessJudge judge = new LedgerlessJudge(kept.systemId());
        ControlFile control = server.control();
        Judgement judgement = judge.judge(attempt, expected, control != null && control.checksums(), progress);
        List<Finding> findings = new ArrayList<>(survey.findings());
        findings.addAll(progress.phase("list the archive again", () -> touched(kept, survey, before, observations)));
        measurements.add(
                new Measurement("objects in the repository", before.objects().size(), "objects"));
        return new Verified(
                kept,
                survey.facts(),
                survey.frontier(),
                target,
                judgement,
                findings,
                doubts(attempt),
                measurements,
                observations,
                judge.notTested());
    }

    private static Expected expected(Survey survey, Backup.Physical backup, RecoveryTarget target) {
        WalHistory history = survey.history();
        RecoveryRange range = new RecoveryRange(
                backup.start(), backup.stop(), survey.frontier().end());
        return new Expected(Stops.predict(target, history, range), history.order(), true);
    }

    private static List<Measurement> measurements(Survey survey) {
        return List.of(
                new Measurement(
                        "segments from the backup to the end of the archive",
                        survey.needed().size(),
                        "segments"),
                new Measurement(
                        "ends of transactions in them",
                        survey.facts().stream()
                                .mapToLong(facts -> facts.transactions().size())
                                .sum(),
                        "transactions"));
    }

    /** What would be lost if the source were lost now, if it commits all the time. */
    private static Measurement age(TransactionRecord commit) {
        return new Measurement(
                "age of the last archived commit",
                Duration.between(commit.at(), Instant.now()).toMillis() / 1000.0,
                "s");
    }

    /** A machine that cannot start this server says nothing about the backup. */
    private static List<String> doubts(Attempt attempt) {
        if (attempt instanceof Attempt.Refused(Attempt.By by, String reason, var log)
                && by == Attempt.By.SERVER
                && log.redoStart() == null
                && MACHINE.matcher(reason).find()) {
            return List.of("this machine cannot run the restored server: " + reason + "; see --setting");
        }
        return List.of();
    }

    private List<Finding> touched(KeptBackup kept, Survey survey, Inventory before, List<String> observations) {
        List<Finding> findings = new ArrayList<>();
        List<Exchange> refused = gate.refusedWrites();
        if (!refused.isEmpty()) {
            findings.add(new Finding(
                    Anomaly.ARCHIVE_TOUCHED,
                    refused.size(),
                    "the restore tried to write to the archive: "
                            + refused.getFirst().method() + " "
                            + refused.getFirst().key(),
                    refused.stream()
                            .limit(Finding.KEPT)
                            .map(write -> write.method() + " " + write.key())
                            .toList()));
        }
        Inventory.Difference difference = before.difference(site.bucket().inventory());
        List<String> lost = new ArrayList<>(difference.removed());
        lost.addAll(difference.changed());
        List<String> needed =
                lost.stream().filter(key -> isNeeded(kept, survey, key)).toList();
        if (!needed.isEmpty()) {
            findings.add(new Finding(
                    Anomaly.BACKUP_INCOMPLETE,
                    needed.size(),
                    "somebody removed or changed what this backup needs while it was being verified: "
                            + needed.getFirst(),
                    needed.stream().limit(Finding.KEPT).toList()));
        }
        if (difference.isEmpty()) {
            observations.add("the repository is the same, object for object, before and after");
        } else {
            observations.add("its owner changed the repository meanwhile: "
                    + difference.added().size()
                    + " objects more, " + difference.removed().size() + " fewer, "
                    + difference.changed().size()
                    + " changed; nothing of it came through our gate");
        }
        return findings;
    }

    private boolean isNeeded(KeptBackup kept, Survey survey, String key) {
        if (system.layout().isBackup(key) && key.contains("/" + kept.backup().label() + "/")) {
            return true;
        }
        String file = kept.archive().walFile(key).orElse("");
        return survey.needed().stream().anyMatch(segment -> segment.name().equals(file));
    }
}
