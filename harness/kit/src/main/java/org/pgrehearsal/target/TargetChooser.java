package org.pgrehearsal.target;

import static org.pgrehearsal.wal.TransactionRecord.Kind.COMMIT;
import static org.pgrehearsal.wal.TransactionRecord.Kind.PREPARE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pgrehearsal.target.ChosenTarget.Kind;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TransactionRecord;

/**
 * Chooses targets that a restore can get wrong, from what the log holds between two positions. The same seed and log give the same choice.
 * Every choice is empty if the log has nothing of the kind.
 */
public final class TargetChooser {
    /** How far an impossible time lies from the possible ones. */
    private static final Duration FAR = Duration.ofDays(1);

    private final CommitOrder order;
    private final List<TransactionRecord> ends;
    private final List<TransactionRecord> commits;
    private final Random random;

    /**
     * @param order the log
     * @param from  where the backup is consistent
     * @param until where the sentinel's commit starts; it and what follows is not chosen
     * @param seed  decides between choices that are equally good
     */
    public TargetChooser(CommitOrder order, Lsn from, Lsn until, long seed) {
        this.order = order;
        this.ends = order.records().stream()
                .filter(record -> record.kind() != PREPARE)
                .filter(record ->
                        !record.start().isBefore(from) && record.start().isBefore(until))
                .toList();
        this.commits = ends.stream().filter(TransactionRecord::commits).toList();
        this.random = new Random(seed);
    }

    /** Everything that this log offers. */
    public List<ChosenTarget> all() {
        return Stream.<Supplier<Optional<ChosenTarget>>>of(
                        this::timeBetweenNeighbours,
                        this::lsnBetweenNeighbours,
                        this::middleCommit,
                        this::endsOutOfNumberOrder,
                        this::clockInversion,
                        this::betweenPrepareAndCommit,
                        this::withSubtransactions,
                        this::xidThatNeverEnded,
                        this::timeAfterTheEnd,
                        this::timeBeforeTheBackup)
                .flatMap(choice -> choice.get().stream())
                .toList();
    }

    /** The time of the first of the two consecutive commits that lie closest, inclusive: the second must not be in. */
    public Optional<ChosenTarget> timeBetweenNeighbours() {
        return neighbours()
                .map(pair -> new ChosenTarget(
                        Kind.TIME_BETWEEN_NEIGHBOURS,
                        new RecoveryTarget.Time(pair.first().at(), true),
                        pair.sentence() + ": the time of the first must not bring the second"));
    }

    /** The start of the second of those two, exclusive. */
    public Optional<ChosenTarget> lsnBetweenNeighbours() {
        return neighbours()
                .map(pair -> new ChosenTarget(
                        Kind.LSN_BETWEEN_NEIGHBOURS,
                        new RecoveryTarget.AtLsn(pair.second().start(), false),
                        pair.sentence() + ": the start of the second, exclusive, parts them"));
    }

    /** The commit in the middle of the range, by xid, inclusive. */
    public Optional<ChosenTarget> middleCommit() {
        return commits.isEmpty()
                ? Optional.empty()
                : Optional.of(commits.get(commits.size() / 2))
                        .map(commit -> new ChosenTarget(
                                Kind.MIDDLE_COMMIT,
                                new RecoveryTarget.Xid(commit.xid(), true),
                                "commit " + (commits.size() / 2 + 1) + " of " + commits.size() + ", transaction "
                                        + commit.xid()));
    }

    /** A transaction that committed while a lower number was still open, so that "all numbers up to it" would be wrong. */
    public Optional<ChosenTarget> endsOutOfNumberOrder() {
        List<ChosenTarget> choices = new ArrayList<>();
        TransactionRecord lowestLater = null;
        for (TransactionRecord commit : commits.reversed()) {
            if (lowestLater != null && lowestLater.xid() < commit.xid()) {
                choices.add(new ChosenTarget(
                        Kind.ENDS_OUT_OF_NUMBER_ORDER,
                        new RecoveryTarget.Xid(commit.xid(), true),
                        "transaction " + commit.xid() + " committed at " + commit.start() + ", before "
                                + lowestLater.xid() + " at " + lowestLater.start()));
            }
            if (lowestLater == null || commit.xid() < lowestLater.xid()) {
                lowestLater = commit;
            }
        }
        return any(choices);
    }

    /**
     * A commit that has an earlier time than one before it in the log. The target is its time, inclusive: it must be absent though its time is not
     * after the target.
     */
    public Optional<ChosenTarget> clockInversion() {
        List<ChosenTarget> choices = new ArrayList<>();
        TransactionRecord latest = null;
        for (TransactionRecord end : ends) {
            if (latest != null && end.commits() && end.at().isBefore(latest.at())) {
                choices.add(new ChosenTarget(
                        Kind.CLOCK_INVERSION,
                        new RecoveryTarget.Time(end.at(), true),
                        "transaction " + end.xid() + " at " + end.start() + " has an earlier time than " + latest.xid()
                                + " at " + latest.start() + ", where recovery to that time stops at the latest"));
            }
            if (latest == null || end.at().isAfter(latest.at())) {
                latest = end;
            }
        }
        return any(choices);
    }

    /**
     * A commit between a transaction's first record and its own commit.
     *
     * @param xid   the long transaction, which must have committed in the range
     * @param begin where its first record lies, or where the log stood when it began to write
     */
    public Optional<ChosenTarget> insideLongTransaction(long xid, Lsn begin) {
        TransactionRecord end = order.ending(xid);
        if (end == null || !ends.contains(end)) {
            return Optional.empty();
        }
        List<TransactionRecord> inside = commits.stream()
                .filter(commit ->
                        begin.isBefore(commit.start()) && commit.start().isBefore(end.start()))
                .toList();
        return inside.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChosenTarget(
                        Kind.INSIDE_LONG_TRANSACTION,
                        new RecoveryTarget.Xid(inside.get(inside.size() / 2).xid(), true),
                        "transaction " + inside.get(inside.size() / 2).xid() + " committed while " + xid
                                + " was open, from " + begin + " to " + end.start()));
    }

    /** The start of the record that ends a prepared transaction, exclusive: recovery leaves it prepared, neither in nor out. */
    public Optional<ChosenTarget> betweenPrepareAndCommit() {
        List<ChosenTarget> choices = new ArrayList<>();
        for (TransactionRecord prepare : order.records()) {
            TransactionRecord end = prepare.kind() == PREPARE ? order.ending(prepare.xid()) : null;
            if (end != null && ends.contains(end)) {
                choices.add(new ChosenTarget(
                        Kind.BETWEEN_PREPARE_AND_COMMIT,
                        new RecoveryTarget.AtLsn(end.start(), false),
                        "transaction " + prepare.xid() + " was prepared at " + prepare.start() + " and ended at "
                                + end.start()));
            }
        }
        return any(choices);
    }

    /** A commit with subtransactions, by its own number, inclusive. */
    public Optional<ChosenTarget> withSubtransactions() {
        return any(commits.stream()
                .filter(commit -> !commit.subtransactions().isEmpty())
                .map(commit -> new ChosenTarget(
                        Kind.WITH_SUBTRANSACTIONS,
                        new RecoveryTarget.Xid(commit.xid(), true),
                        "transaction " + commit.xid() + " committed with "
                                + commit.subtransactions().size() + " subtransactions"))
                .toList());
    }

    /** A number beyond all that the log knows. */
    public Optional<ChosenTarget> xidThatNeverEnded() {
        return order.records().stream()
                .flatMap(record -> Stream.concat(Stream.of(record.xid()), record.subtransactions().stream()))
                .max(Comparator.naturalOrder())
                .map(highest -> highest + 1_000_000)
                .map(xid -> new ChosenTarget(
                        Kind.XID_THAT_NEVER_ENDED,
                        new RecoveryTarget.Xid(xid, true),
                        "no transaction " + xid + " ever was: recovery must refuse"));
    }

    /** A day after the last time in the log: recovery must refuse. */
    public Optional<ChosenTarget> timeAfterTheEnd() {
        return times().max(Comparator.naturalOrder())
                .map(last -> new ChosenTarget(
                        Kind.TIME_AFTER_THE_END,
                        new RecoveryTarget.Time(last.plus(FAR), true),
                        "the last transaction ended at " + Clock.print(last) + ": recovery must refuse a later time"));
    }

    /**
     * A day before the first time in the log. PostgreSQL refuses only if a transaction ended between the backup's checkpoint and its end; else it
     * stops, without a word, before the first end after the backup.
     */
    public Optional<ChosenTarget> timeBeforeTheBackup() {
        return times().min(Comparator.naturalOrder())
                .map(first -> new ChosenTarget(
                        Kind.TIME_BEFORE_THE_BACKUP,
                        new RecoveryTarget.Time(first.minus(FAR), true),
                        "the first transaction ended at " + Clock.print(first)
                                + ": an earlier time lies before the backup"));
    }

    private Stream<Instant> times() {
        return order.records().stream().map(TransactionRecord::at);
    }

    private record Pair(TransactionRecord first, TransactionRecord second) {
        Duration apart() {
            return Duration.between(first.at(), second.at());
        }

        String sentence() {
            return "transactions " + first.xid() + " and " + second.xid() + " committed " + apart().toNanos() / 1000
                    + " us apart";
        }
    }

    /** Only ends of one order in log and time, so that a time can part them; nothing ends between them. */
    private Optional<Pair> neighbours() {
        Pair closest = null;
        Instant latest = Instant.MIN;
        for (int index = 0; index + 1 < ends.size(); index++) {
            Pair pair = new Pair(ends.get(index), ends.get(index + 1));
            boolean parted = !pair.first().at().isBefore(latest) && pair.apart().isPositive();
            latest = pair.first().at().isAfter(latest) ? pair.first().at() : latest;
            if (parted
                    && pair.first().kind() == COMMIT
                    && pair.second().kind() == COMMIT
                    && (closest == null || pair.apart().compareTo(closest.apart()) < 0)) {
                closest = pair;
            }
        }
        return Optional.ofNullable(closest);
    }

    private Optional<ChosenTarget> any(List<ChosenTarget> choices) {
        return choices.isEmpty() ? Optional.empty() : Optional.of(choices.get(random.nextInt(choices.size())));
    }
}
