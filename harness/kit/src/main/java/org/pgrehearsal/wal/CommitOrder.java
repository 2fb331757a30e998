package org.pgrehearsal.wal;

import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one line of history, in the order of the log: what a server that follows these timelines must come to.
 *
 * <p>A restored database lives on a path of timelines: timeline 1 up to a switch point, then 2, and so on. On one path a transaction number
 * is used once; on two branches it may be used twice, so everything here is for one path. The first segment of a timeline repeats what its
 * parent wrote into it before the switch; a record that is given twice is kept once.
 */
public final class CommitOrder {
    private final List<Leg> path;
    private final TransactionColumns columns;
    private final EndingIndex endings;

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
    public CommitOrder(List<Leg> path, Iterable<TransactionRecord> records) {
        this(fill(new Builder(path), records));
    }

    private CommitOrder(Builder builder) {
        path = builder.path;
        columns = builder.merged();
        endings = new EndingIndex(columns);
    }

    private static Builder fill(Builder builder, Iterable<TransactionRecord> records) {
        if (builder.path.size() == 1) {
            records.forEach(builder::add);
            return builder;
        }
        // the first segment of a timeline opens with a copy of its parent's log, so one record may come twice: the
        // older timeline owns it
        TreeMap<Lsn, TransactionRecord> once = new TreeMap<>();
        for (TransactionRecord transactionRecord : records) {
            if (legOf(builder.path, transactionRecord.timeline(), transactionRecord.start()) >= 0) {
                once.merge(transactionRecord.start(), transactionRecord, CommitOrder::older);
            }
        }
        once.values().forEach(builder::add);
        return builder;
    }

    private static TransactionRecord older(TransactionRecord one, TransactionRecord other) {
        return one.timeline().compareTo(other.timeline()) <= 0 ? one : other;
    }

    /** The commit order of a history that never left its first timeline. */
    public static CommitOrder of(TimelineId timeline, List<TransactionRecord> records) {
        return new CommitOrder(List.of(new Leg(timeline, null)), records);
    }

    /** Takes millions of records one by one, without keeping them as objects. */
    public static Builder along(List<Leg> path) {
        return new Builder(path);
    }

    /** Whether what was written there belongs to this path, and not to a branch that was left behind. */
    public boolean isOnPath(TimelineId timeline, Lsn lsn) {
        return legOf(path, timeline, lsn) >= 0;
    }

    private static int legOf(List<Leg> path, TimelineId timeline, Lsn lsn) {
        for (int i = 0; i < path.size(); i++) {
            Leg leg = path.get(i);
            if (leg.timeline().equals(timeline)) {
                return leg.until() == null || lsn.isBefore(leg.until()) ? i : -1;
            }
        }
        return -1;
    }

    /** Every record of the path, by position: a view, whose elements are made when asked for. */
    public List<TransactionRecord> records() {
        return new Records(columns);
    }

    /** How many records there are; their ordinals are 0 to one less, by position. */
    public int size() {
        return columns.size();
    }

    /** How many records start before this position: the ordinal of the first that does not. */
    public int before(Lsn position) {
        return columns.lowerBound(position.value());
    }

    /** Where a record starts, by its ordinal. */
    public Lsn start(int ordinal) {
        return new Lsn(columns.start(ordinal));
    }

    public TransactionRecord.Kind kind(int ordinal) {
        return columns.kind(ordinal);
    }

    /** The time in a record, by its ordinal. */
    public Instant at(int ordinal) {
        return columns.at(ordinal);
    }

    /** The ordinal of the record that {@link #ending} gives; -1 if the log has none. */
    public int endingOrdinal(long xid) {
        return endings.find(xid);
    }

    /** How a transaction (or one of its subtransactions, by its own number) ended: its commit or abort record; null if the log has none. */
    public @Nullable TransactionRecord ending(long xid) {
        int ordinal = endings.find(xid);
        return ordinal < 0 ? null : columns.get(ordinal);
    }

    public List<Leg> path() {
        return path;
    }

    /** Collects a commit order. Records that come in the order of the log cost least. */
    public static final class Builder {
        private final List<Leg> path;
        private final TransactionColumns inOrder;
        private final List<TransactionRecord> late = new ArrayList<>();

        private Builder(List<Leg> path) {
            this.path = List.copyOf(path);
            this.inOrder = new TransactionColumns(this.path);
        }

        /** Adds a record, unless it is off the path. */
        public void add(TransactionRecord transaction) {
            int leg = legOf(path, transaction.timeline(), transaction.start());
            if (leg < 0) {
                return;
            }
            int size = inOrder.size();
            if (size == 0
                    || Long.compareUnsigned(
                                    inOrder.start(size - 1), transaction.start().value())
                            < 0) {
                inOrder.add(leg, transaction);
            } else if (!isKnown(transaction.start())) {
                late.add(transaction);
            }
        }

        private boolean isKnown(Lsn start) {
            int at = inOrder.lowerBound(start.value());
            return at < inOrder.size() && inOrder.start(at) == start.value();
        }

        public CommitOrder build() {
            return new CommitOrder(this);
        }

        private TransactionColumns merged() {
            if (late.isEmpty()) {
                return inOrder;
            }
            List<TransactionRecord> all = new ArrayList<>(new Records(inOrder));
            all.addAll(late);
            all.sort(Comparator.comparing(TransactionRecord::start));
            TransactionColumns merged = new TransactionColumns(path);
            @Nullable Lsn last = null;
            for (TransactionRecord transaction : all) {
                if (!transaction.start().equals(last)) {
                    merged.add(legOf(path, transaction.timeline(), transaction.start()), transaction);
                }
                last = transaction.start();
            }
            return merged;
        }
    }

    private static final class Records extends AbstractList<TransactionRecord> implements RandomAccess {
        private final TransactionColumns columns;

        Records(TransactionColumns columns) {
            this.columns = columns;
        }

        @Override
        public TransactionRecord get(int index) {
            return columns.get(java.util.Objects.checkIndex(index, columns.size()));
        }

        @Override
        public int size() {
            return columns.size();
        }
    }
}
