package org.pgrehearsal.target;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.target.Prediction.Reason;
import org.pgrehearsal.target.Prediction.Refusal;
import org.pgrehearsal.target.Prediction.Stop;
import org.pgrehearsal.target.Prediction.Undecided;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.RecordPositions;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.WalHistory;
import org.pgrehearsal.wal.XlogRecord;

/**
 * Where recovery stops, by the rules of PostgreSQL 13 to 18 ({@code xlog.c} up to 14, {@code xlogrecovery.c} since: {@code recoveryStopsBefore},
 * {@code recoveryStopsAfter}, {@code PerformWalRecovery}).
 *
 * <p>The server looks at one record after the other from the redo position on. A stop is refused if the backup is not consistent yet, and a
 * target that no record meets is refused at the end of the log; only "latest" takes the end for its target.
 */
public final class Stops {
    private static final long XID_BITS = 0xFFFF_FFFFL;

    private final WalHistory history;
    private final RecoveryRange range;

    private Stops(WalHistory history, RecoveryRange range) {
        this.history = history;
        this.range = range;
    }

    /**
     * What a recovery must come to.
     *
     * @param history the log along the timelines that recovery follows; it must show all transaction records of the range, for a name also the
     *                XLOG records, and for a position as many records as there are ({@link Prediction.Undecided} if too few)
     */
    public static Prediction predict(RecoveryTarget target, WalHistory history, RecoveryRange range) {
        Stops stops = new Stops(history, range);
        return switch (target) {
            case RecoveryTarget.Latest _ -> stops.latest();
            case RecoveryTarget.Immediate _ -> stops.immediate();
            case RecoveryTarget.Time(Instant at, boolean inclusive) -> stops.time(at, inclusive);
            case RecoveryTarget.AtLsn(Lsn lsn, boolean inclusive) -> stops.position(lsn, inclusive);
            case RecoveryTarget.Xid(long xid, boolean inclusive) -> stops.transaction(xid, inclusive);
            case RecoveryTarget.Name(String name) -> stops.name(name);
        };
    }

    private Prediction latest() {
        if (range.archiveEnd().isBefore(range.consistent())) {
            return new Refusal(
                    Reason.ENDS_BEFORE_CONSISTENCY,
                    "the archive ends at " + range.archiveEnd() + ", before the backup is consistent at "
                            + range.consistent());
        }
        return new Stop(
                range.archiveEnd(),
                new StopPoint.EndOfLog(),
                true,
                "no target: recovery takes all that the archive has, to " + range.archiveEnd(),
                null);
    }

    /**
     * Asked before every record, and after every transaction record. So it takes a record that follows the backup's end, which a switch of
     * segments provides, or a transaction record (a preparation too) that itself
     * brings consistency.
     */
    private Prediction immediate() {
        boolean follows = range.consistent().isBefore(range.archiveEnd())
                && history.positions()
                        .firstAtOrAfter(range.consistent())
                        .map(first -> !first.exact() || read(first.start(), first.end()))
                        .orElse(!shownToTheEnd());
        boolean transactionAtEnd = history.order().records().stream()
                .anyMatch(record -> read(record.start(), endOf(record.start()))
                        && endOf(record.start()).equals(range.consistent()));
        if (!follows && !transactionAtEnd) {
            return unreached("no record follows the end of the backup at " + range.consistent());
        }
        return new Stop(
                range.consistent(),
                new StopPoint.Consistency(),
                true,
                "the backup is consistent at " + range.consistent(),
                null);
    }

    /** Only ends of transactions are looked at, never prepared ones being prepared; the first that is too late decides, commit or abort. */
    private Prediction time(Instant limit, boolean inclusive) {
        TransactionRecord first = firstTransaction(
                record -> inclusive ? record.at().isAfter(limit) : !record.at().isBefore(limit));
        if (first == null) {
            return unreached("no transaction ended " + (inclusive ? "after " : "at or after ") + Clock.print(limit));
        }
        return before(first, "the first end of a transaction that is too late for " + Clock.print(limit));
    }

    /** Equality of the top-level number, of the prepared one, or of a subtransaction that was rolled back by itself. */
    private Prediction transaction(long xid, boolean inclusive) {
        TransactionRecord end = firstTransaction(record -> (record.xid() & XID_BITS) == (xid & XID_BITS));
        if (end == null) {
            return unreached("transaction " + xid + " has no end of its own in the log");
        }
        if (!inclusive) {
            return before(end, "the end of transaction " + xid);
        }
        return stopAfter(
                end.start(),
                endOf(end.start()),
                new StopPoint.Transaction(true, end.commits(), end.xid(), end.at()),
                true,
                "the end of transaction " + xid,
                end);
    }

    /** The first of that name; restore points before the redo position are never read. */
    private Prediction name(String name) {
        for (XlogRecord control : history.controls()) {
            if (control.kind() == XlogRecord.Kind.RESTORE_POINT
                    && control.detail().equals(name)
                    && read(control.start(), control.end())) {
                return stopAfter(
                        control.start(),
                        control.end(),
                        new StopPoint.RestorePoint(name),
                        true,
                        "the first restore point " + name,
                        null);
            }
        }
        return unreached("no restore point is named " + name);
    }

    /** The first record of any kind that starts at the target or later; inclusive means that this record is applied too. */
    private Prediction position(Lsn target, boolean inclusive) {
        Lsn from = target.isBefore(range.redo()) ? range.redo() : target;
        Optional<RecordPositions.Found> found = history.positions().firstAtOrAfter(from);
        if (found.isEmpty() && from.isBefore(range.archiveEnd()) && !shownToTheEnd()) {
            return new Undecided(
                    "the records that are known end before " + target + "; dump all resource managers there");
        }
        if (found.isEmpty() || !read(found.get().start(), found.get().end())) {
            return unreached("no record starts at or after " + target);
        }
        RecordPositions.Found first = found.get();
        if (!first.exact() && from.isBefore(range.consistent())) {
            return new Undecided("records between " + target + " and the end of the backup are not known; dump all"
                    + " resource managers there");
        }
        TransactionRecord at = firstTransaction(record -> record.start().equals(first.start()));
        String why = "the first record at or after " + target;
        StopPoint point = new StopPoint.Position(inclusive, first.start());
        if (inclusive) {
            Lsn end = first.end();
            return stopAfter(first.start(), end == null ? first.start().plus(1) : end, point, first.exact(), why, at);
        }
        return first.start().isBefore(range.consistent())
                ? tooEarly(first.start())
                : new Stop(first.exact() ? first.start() : from, point, first.exact(), why, at);
    }

    private Prediction before(TransactionRecord record, String why) {
        return record.start().isBefore(range.consistent())
                ? tooEarly(record.start())
                : new Stop(
                        record.start(),
                        new StopPoint.Transaction(false, record.commits(), record.xid(), record.at()),
                        true,
                        "before " + why,
                        record);
    }

    private Prediction stopAfter(
            Lsn start, Lsn end, StopPoint point, boolean exact, String why, @Nullable TransactionRecord at) {
        // the record that ends the backup makes it consistent before the server asks whether to stop after it
        return end.isBefore(range.consistent()) ? tooEarly(start) : new Stop(end, point, exact, "after " + why, at);
    }

    private @Nullable TransactionRecord firstTransaction(Predicate<TransactionRecord> rule) {
        for (TransactionRecord record : history.order().records()) {
            if (record.kind() != TransactionRecord.Kind.PREPARE
                    && read(record.start(), endOf(record.start()))
                    && rule.test(record)) {
                return record;
            }
        }
        return null;
    }

    /** A dump that ends in a switch of segments shows that nothing follows; any other may have left out what does. */
    private boolean shownToTheEnd() {
        return history.positions()
                .end()
                .map(end -> !end.isBefore(range.archiveEnd()))
                .orElse(false);
    }

    private boolean read(Lsn start, @Nullable Lsn end) {
        return !start.isBefore(range.redo())
                && start.isBefore(range.archiveEnd())
                && (end == null || !range.archiveEnd().isBefore(end));
    }

    private Lsn endOf(Lsn start) {
        return history.positions().end(start).orElse(start.plus(1));
    }

    private Refusal unreached(String why) {
        return new Refusal(Reason.NEVER_REACHED, why + ", up to the end of the archive at " + range.archiveEnd());
    }

    private Refusal tooEarly(Lsn at) {
        return new Refusal(
                Reason.BEFORE_CONSISTENCY,
                "recovery would stop at " + at + ", before the backup is consistent at " + range.consistent());
    }
}
