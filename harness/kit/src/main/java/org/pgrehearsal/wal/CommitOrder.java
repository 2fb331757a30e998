package org.pgrehearsal.wal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one line of history, in the order of the log: what a server that follows these timelines must come to.
 *
 * <p>A restored database lives on a path of timelines: timeline 1 up to a switch point, then 2, and so on. On one path a transaction number
 * is used once; on two branches it may be used twice, so everything here is for one path.
 */
public final class CommitOrder {
    private final List<Leg> path;
    private final List<TransactionRecord> records;
    private final Map<Long, TransactionRecord> endings = new HashMap<>();

    /**
     * One timeline of the path.
     *
     * @param timeline the timeline
     * @param until    where the path leaves it (exclusive); null for the last one
     */
    public record Leg(TimelineId timeline, @Nullable Lsn until) {}

    /**
     * @param path    the timelines from the oldest to the one restored
     * @param records transaction records of any timeline and in any order; those off the path are left out
     */
    public CommitOrder(List<Leg> path, List<TransactionRecord> records) {
        this.path = List.copyOf(path);
        // the first segment of a timeline opens with a copy of its parent's log, so one record may come twice: the
        // older timeline owns it
        TreeMap<Lsn, TransactionRecord> onPath = new TreeMap<>();
        for (TransactionRecord transactionRecord : records) {
            if (isOnPath(transactionRecord.timeline(), transactionRecord.start())) {
                onPath.merge(transactionRecord.start(), transactionRecord, CommitOrder::older);
            }
        }
        this.records = List.copyOf(onPath.values());
        for (TransactionRecord transactionRecord : this.records) {
            if (transactionRecord.kind() != TransactionRecord.Kind.PREPARE) {
                endings.put(transactionRecord.xid(), transactionRecord);
                transactionRecord.subtransactions().forEach(child -> endings.put(child, transactionRecord));
            }
        }
    }

    private static TransactionRecord older(TransactionRecord one, TransactionRecord other) {
        return one.timeline().compareTo(other.timeline()) <= 0 ? one : other;
    }

    /** The commit order of a history that never left its first timeline. */
    public static CommitOrder of(TimelineId timeline, List<TransactionRecord> records) {
        return new CommitOrder(List.of(new Leg(timeline, null)), records);
    }

    /** Whether what was written there belongs to this path, and not to a branch that was left behind. */
    public boolean isOnPath(TimelineId timeline, Lsn lsn) {
        for (Leg leg : path) {
            if (leg.timeline().equals(timeline)) {
                return leg.until() == null || lsn.isBefore(leg.until());
            }
        }
        return false;
    }

    /** Every record of the path, by position. */
    public List<TransactionRecord> records() {
        return records;
    }

    /** How a transaction (or one of its subtransactions, by its own number) ended: its commit or abort record; null if the log has none. */
    public @Nullable TransactionRecord ending(long xid) {
        return endings.get(xid);
    }

    public List<Leg> path() {
        return path;
    }
}
