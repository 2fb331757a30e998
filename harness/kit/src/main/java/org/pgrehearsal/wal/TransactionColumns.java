package org.pgrehearsal.wal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Transaction records in columns: 26 bytes a record and 12 a subtransaction, where objects would take some 150. Only ever appended to. */
@SuppressWarnings("EnumOrdinal") // kept in memory only
final class TransactionColumns {
    private static final int BITS = 14;
    private static final int LENGTH = 1 << BITS;
    private static final TransactionRecord.Kind[] KINDS = TransactionRecord.Kind.values();

    private final List<CommitOrder.Leg> path;
    private final List<Chunk> chunks = new ArrayList<>();
    private int size;
    private long[] children = new long[16];
    private int[] parents = new int[16];
    private int childCount;

    TransactionColumns(List<CommitOrder.Leg> path) {
        if (path.size() > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("a path of " + path.size() + " timelines is longer than 127");
        }
        this.path = path;
    }

    int size() {
        return size;
    }

    void add(int leg, TransactionRecord transaction) {
        if (size >> BITS == chunks.size()) {
            chunks.add(new Chunk());
        }
        Chunk chunk = chunks.getLast();
        int at = size & (LENGTH - 1);
        chunk.start[at] = transaction.start().value();
        chunk.xid[at] = transaction.xid();
        chunk.micros[at] = ChronoUnit.MICROS.between(Instant.EPOCH, transaction.at());
        chunk.kind[at] = (byte) transaction.kind().ordinal();
        chunk.leg[at] = (byte) leg;
        for (long child : transaction.subtransactions()) {
            addChild(child);
        }
        size++;
    }

    private void addChild(long child) {
        if (childCount == children.length) {
            int length = childCount + (childCount >> 1);
            children = Arrays.copyOf(children, length);
            parents = Arrays.copyOf(parents, length);
        }
        children[childCount] = child;
        parents[childCount++] = size;
    }

    long start(int index) {
        return chunks.get(index >> BITS).start[index & (LENGTH - 1)];
    }

    long xid(int index) {
        return chunks.get(index >> BITS).xid[index & (LENGTH - 1)];
    }

    TransactionRecord.Kind kind(int index) {
        return KINDS[chunks.get(index >> BITS).kind[index & (LENGTH - 1)]];
    }

    Instant at(int index) {
        return Instant.EPOCH.plus(chunks.get(index >> BITS).micros[index & (LENGTH - 1)], ChronoUnit.MICROS);
    }

    int leg(int index) {
        return chunks.get(index >> BITS).leg[index & (LENGTH - 1)];
    }

    /** All subtransactions of all records; {@link #child} and {@link #parent} take a number below it. */
    int children() {
        return childCount;
    }

    long child(int index) {
        return children[index];
    }

    int parent(int index) {
        return parents[index];
    }

    TransactionRecord get(int index) {
        return new TransactionRecord(
                path.get(leg(index)).timeline(),
                new Lsn(start(index)),
                kind(index),
                xid(index),
                childrenOf(index),
                at(index));
    }

    private List<Long> childrenOf(int index) {
        int from = Arrays.binarySearch(parents, 0, childCount, index);
        if (from < 0) {
            return List.of();
        }
        while (from > 0 && parents[from - 1] == index) {
            from--;
        }
        List<Long> found = new ArrayList<>();
        for (int i = from; i < childCount && parents[i] == index; i++) {
            found.add(children[i]);
        }
        return found;
    }

    /** The first record that starts at or after {@code start}; {@link #size} if none does. Records must be in order. */
    int lowerBound(long start) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(start(middle), start) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Small arrays: they grow without being copied, and no collector has to find room for a huge one. */
    private static final class Chunk {
        private final long[] start = new long[LENGTH];
        private final long[] xid = new long[LENGTH];
        private final long[] micros = new long[LENGTH];
        private final byte[] kind = new byte[LENGTH];
        private final byte[] leg = new byte[LENGTH];
    }
}
