package org.pgrehearsal.target;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.wal.Lsn;

/** Where recovery stopped and why, in the words that the server logs ({@code xlogrecovery.c}). */
public sealed interface StopPoint {
    Pattern TRANSACTION =
            Pattern.compile("recovery stopping (before|after) (commit|abort) of transaction (\\d+), time (.+)");
    Pattern POSITION =
            Pattern.compile("recovery stopping (before|after) WAL location \\(LSN\\) \"([0-9A-F]+/[0-9A-F]+)\"");
    Pattern RESTORE_POINT = Pattern.compile("recovery stopping at restore point \"(.*)\", time (.+)");
    String CONSISTENCY = "recovery stopping after reaching consistency";

    /**
     * At the end of a transaction.
     *
     * @param after  whether that end was applied
     * @param commit a commit; else an abort
     * @param xid    the transaction, or the subtransaction whose rollback it is
     * @param at     the time in the record
     */
    record Transaction(boolean after, boolean commit, long xid, Instant at) implements StopPoint {}

    /**
     * At a record of any kind.
     *
     * @param after whether the record was applied
     * @param lsn   where that record starts; often later than the target
     */
    record Position(boolean after, Lsn lsn) implements StopPoint {}

    /** After a restore point. */
    record RestorePoint(String name) implements StopPoint {}

    /** At the first record after the backup had become consistent. */
    record Consistency() implements StopPoint {}

    /** Where the log ended; the server logs no stop then. */
    record EndOfLog() implements StopPoint {}

    /** What the server logs, as far as it is known beforehand: a restore point's time is not, and times are in UTC. */
    default String logLine() {
        return switch (this) {
            case Transaction(boolean after, boolean commit, long xid, Instant at) ->
                "recovery stopping " + side(after) + (commit ? " commit" : " abort") + " of transaction " + xid
                        + ", time " + Clock.print(at);
            case Position(boolean after, Lsn lsn) ->
                "recovery stopping " + side(after) + " WAL location (LSN) \"" + lsn + "\"";
            case RestorePoint(String name) -> "recovery stopping at restore point \"" + name + "\"";
            case Consistency _ -> CONSISTENCY;
            case EndOfLog _ -> "redo done";
        };
    }

    /** Reads a message; empty if it tells of no stop. */
    static Optional<StopPoint> parse(String message) {
        Matcher transaction = TRANSACTION.matcher(message);
        if (transaction.matches()) {
            return Optional.of(new Transaction(
                    transaction.group(1).equals("after"),
                    transaction.group(2).equals("commit"),
                    Long.parseLong(transaction.group(3)),
                    Clock.parse(transaction.group(4))));
        }
        Matcher position = POSITION.matcher(message);
        if (position.matches()) {
            return Optional.of(new Position(position.group(1).equals("after"), Lsn.parse(position.group(2))));
        }
        Matcher restorePoint = RESTORE_POINT.matcher(message);
        if (restorePoint.matches()) {
            return Optional.of(new RestorePoint(restorePoint.group(1)));
        }
        return message.equals(CONSISTENCY) ? Optional.of(new Consistency()) : Optional.empty();
    }

    private static String side(boolean after) {
        return after ? "after" : "before";
    }
}
