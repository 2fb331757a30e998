package org.pgrehearsal.drills;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.OperationKind;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.target.ChosenTarget;
import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.target.TargetAction;
import org.pgrehearsal.target.TargetChooser;
import org.pgrehearsal.target.TargetTimeline;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.WalFacts;

/** What a feature's phrases for targets mean on a course. A phrase that the log offers nothing for is no target, which makes a drill inconclusive. */
final class Targets {
    private static final long SEED = 7;

    private static final Map<String, Function<Targets, Optional<RecoveryTarget>>> PHRASES = Map.ofEntries(
            phrase("the latest commit", targets -> Optional.of(new RecoveryTarget.Latest())),
            chosen("the position between two neighbouring commits", TargetChooser::lsnBetweenNeighbours),
            chosen("the time between two neighbouring commits", TargetChooser::timeBetweenNeighbours),
            chosen("a transaction in the middle, inclusive", TargetChooser::middleCommit),
            chosen("a transaction that ended out of the order of numbers", TargetChooser::endsOutOfNumberOrder),
            chosen("a time at which the clock ran backwards", TargetChooser::clockInversion),
            chosen("a point between PREPARE and COMMIT PREPARED", TargetChooser::betweenPrepareAndCommit),
            chosen("a transaction with subtransactions", TargetChooser::withSubtransactions),
            chosen("a transaction that never was", TargetChooser::xidThatNeverEnded),
            chosen("a time after the end of the archive", TargetChooser::timeAfterTheEnd),
            chosen("a time before the backup", TargetChooser::timeBeforeTheBackup),
            phrase(
                    "a transaction in the middle, exclusive",
                    targets -> targets.middle().map(commit -> new RecoveryTarget.Xid(commit.xid(), false))),
            phrase(
                    "the position of a commit, inclusive",
                    targets -> targets.middle().map(commit -> new RecoveryTarget.AtLsn(commit.start(), true))),
            phrase(
                    "the time of a commit, exclusive",
                    targets -> targets.middle().map(commit -> new RecoveryTarget.Time(commit.at(), false))),
            phrase(
                    "the last commit",
                    targets -> targets.last().map(commit -> new RecoveryTarget.AtLsn(commit.start(), true))),
            phrase("the restore point", targets -> Optional.of(new RecoveryTarget.Name(targets.course.restorePoint()))),
            phrase("the end of the backup", targets -> Optional.of(new RecoveryTarget.Immediate())),
            phrase("a point inside a long transaction", Targets::insideLong),
            phrase("a point just before a table was created", targets -> targets.aroundTable(false)),
            phrase("a point just after a table was created", targets -> targets.aroundTable(true)),
            phrase(
                    "a position after the end of the archive",
                    targets -> Optional.of(
                            new RecoveryTarget.AtLsn(targets.course.sentinel().plus(1L << 32), true))),
            phrase("a position before the backup was complete", Targets::insideBackup),
            phrase(
                    "a restore point that never was",
                    targets -> Optional.of(new RecoveryTarget.Name(
                            "never-" + targets.course.history().run()))),
            phrase("an unknown timeline", targets -> Optional.of(new RecoveryTarget.Latest())));

    private final Course course;
    private final Backup.Physical backup;
    private final CommitOrder order;
    private final TargetChooser chooser;

    /** Every phrase for a target that there is. */
    static Set<String> phrases() {
        return PHRASES.keySet();
    }

    private Targets(Course course, Backup.Physical backup) {
        this.course = course;
        this.backup = backup;
        WalFacts facts = Objects.requireNonNull(course.facts().get(course.timeline()));
        this.order = facts.alone().order();
        Lsn last = order.records().getLast().start();
        this.chooser = new TargetChooser(order, backup.stop(), last, SEED);
    }

    /**
     * The order that a phrase stands for.
     *
     * @throws IllegalArgumentException if there is no such phrase
     * @throws Doubt                    if the log offers nothing of the kind
     */
    static RestoreOrder order(String phrase, Course course, Backup backup) {
        if (phrase.equals("the latest commit")) {
            return RestoreOrder.latest(backup);
        }
        Function<Targets, Optional<RecoveryTarget>> meaning = PHRASES.get(phrase);
        if (meaning == null) {
            throw new IllegalArgumentException("no target is called \"" + phrase + "\"; there are: "
                    + String.join("; ", PHRASES.keySet().stream().sorted().toList()));
        }
        if (!(backup instanceof Backup.Physical physical)) {
            throw new IllegalArgumentException("a dump has no point in time but its own: " + phrase);
        }
        RecoveryTarget target = meaning.apply(new Targets(course, physical))
                .orElseThrow(() -> new Doubt("the log of this course offers no target of the kind \"" + phrase + "\""));
        if (phrase.equals("an unknown timeline")) {
            return new RestoreOrder(
                    backup, target, new TargetTimeline.Numbered(new TimelineId(77)), TargetAction.PROMOTE);
        }
        return RestoreOrder.to(backup, target);
    }

    /**
     * Where a history is made to fork: at the first commit of a segment, near the middle of what follows the backup.
     *
     * <p>No transaction may have been prepared before it in the same segment. With {@code hot_standby} on, PostgreSQL 15 cannot replay across a
     * fork at which such a one is in doubt: it looks for the parent timeline's copy of the segment, which recovery never fetched ("requested WAL
     * segment … has already been removed").
     */
    static RestoreOrder fork(Course course) {
        Targets targets = new Targets(course, (Backup.Physical) course.backup());
        Lsn middle = targets.middle().orElseThrow(Targets::noFork).start();
        TransactionRecord fork = targets.firstOfSegments().stream()
                .min(Comparator.comparingLong(commit -> Math.abs(commit.start().value() - middle.value())))
                .orElseThrow(Targets::noFork);
        return new RestoreOrder(
                course.backup(),
                new RecoveryTarget.AtLsn(fork.start(), true),
                new TargetTimeline.Latest(),
                TargetAction.PROMOTE);
    }

    private static Doubt noFork() {
        return new Doubt("the log of this course has no commit at which it could fork");
    }

    /** Commits after the backup that come first in their segment. */
    private List<TransactionRecord> firstOfSegments() {
        List<TransactionRecord> first = new ArrayList<>();
        long segment = -1;
        for (TransactionRecord ending : order.records()) {
            long number = Long.divideUnsigned(ending.start().value(), course.segmentSize());
            if (number != segment
                    && ending.kind() == TransactionRecord.Kind.COMMIT
                    && !ending.start().isBefore(backup.stop())) {
                first.add(ending);
            }
            segment = number;
        }
        return first;
    }

    private Optional<RecoveryTarget> insideBackup() {
        return order.records().stream()
                .filter(ending -> ending.commits()
                        && !ending.start().isBefore(backup.start())
                        && ending.start().isBefore(backup.stop()))
                .findFirst()
                .map(commit -> new RecoveryTarget.AtLsn(commit.start(), true));
    }

    private Optional<TransactionRecord> middle() {
        List<TransactionRecord> commits = commits();
        return commits.isEmpty() ? Optional.empty() : Optional.of(commits.get(commits.size() / 2));
    }

    private Optional<TransactionRecord> last() {
        List<TransactionRecord> commits = commits();
        return commits.isEmpty() ? Optional.empty() : Optional.of(commits.getLast());
    }

    private List<TransactionRecord> commits() {
        return order.records().stream()
                .filter(ending -> ending.kind() == TransactionRecord.Kind.COMMIT
                        && !ending.start().isBefore(backup.stop()))
                .toList();
    }

    private Optional<RecoveryTarget> insideLong() {
        return chooser.insideLongTransaction(
                        course.longTransaction().xid(), course.longTransaction().begin())
                .map(ChosenTarget::target);
    }

    /** The start of the commit that made a table; recovery stops just before it, or just after. */
    private Optional<RecoveryTarget> aroundTable(boolean after) {
        History history = course.history();
        for (int writer = 0; writer < history.writers(); writer++) {
            for (long sequence = history.operations(writer) - 1L; sequence >= 0; sequence--) {
                if (history.kind(writer, sequence) == OperationKind.DDL) {
                    TransactionRecord ending = order.ending(history.xid(writer, sequence));
                    if (ending != null && ending.commits() && !ending.start().isBefore(backup.stop())) {
                        return Optional.of(new RecoveryTarget.AtLsn(ending.start(), after));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Map.Entry<String, Function<Targets, Optional<RecoveryTarget>>> phrase(
            String phrase, Function<Targets, Optional<RecoveryTarget>> meaning) {
        return Map.entry(phrase, meaning);
    }

    private static Map.Entry<String, Function<Targets, Optional<RecoveryTarget>>> chosen(
            String phrase, Function<TargetChooser, Optional<ChosenTarget>> choice) {
        return Map.entry(phrase, targets -> choice.apply(targets.chooser).map(ChosenTarget::target));
    }
}
