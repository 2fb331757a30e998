package org.pgrehearsal.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.pgrehearsal.wal.Lsn;

/**
 * What each writer was told about each of its operations, in columns: some 38 bytes an operation, so that millions fit in a small heap.
 *
 * <p>Not thread-safe, except that different writers may be filled by different threads.
 */
@SuppressWarnings("EnumOrdinal") // kept in memory only
public final class History {
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final OperationKind[] KINDS = OperationKind.values();

    private final UUID run;
    private final Column[] writers;

    /**
     * @param run     the run
     * @param writers how many writers there are; they are numbered from 0
     */
    public History(UUID run, int writers) {
        this.run = run;
        this.writers = new Column[writers];
        Arrays.setAll(this.writers, i -> new Column());
    }

    public UUID run() {
        return run;
    }

    public int writers() {
        return writers.length;
    }

    /** How many operations a writer has begun; their sequences are 0 to one less. */
    public int operations(int writer) {
        return writers[writer].size;
    }

    /** All operations of all writers. */
    public long operations() {
        return Arrays.stream(writers).mapToLong(column -> column.size).sum();
    }

    /**
     * Notes that a writer is about to send its COMMIT (or PREPARE, or ROLLBACK): until told otherwise the outcome is unknown.
     *
     * @param insertedAt the log's insert position after the row was written and before COMMIT was sent
     * @param hash       the row's short hash
     * @param previous   the short hash of the operation it is chained to
     * @return the operation's sequence
     */
    public long begin(
            int writer, OperationKind kind, long xid, int timeline, Lsn insertedAt, long hash, long previous) {
        Column column = writers[writer];
        int sequence = column.size;
        if (sequence >> Column.BITS == column.chunks.size()) {
            column.chunks.add(new Chunk());
        }
        Chunk chunk = column.chunks.getLast();
        int slot = slot(sequence);
        chunk.outcome[slot] = (byte) Outcome.UNKNOWN.ordinal();
        chunk.kind[slot] = (byte) kind.ordinal();
        chunk.timeline[slot] = timeline;
        chunk.xid[slot] = xid;
        chunk.insertedAt[slot] = insertedAt.value();
        chunk.hash[slot] = hash;
        chunk.previous[slot] = previous;
        column.size = sequence + 1;
        return sequence;
    }

    public void end(int writer, long sequence, Outcome outcome) {
        chunk(writer, sequence).outcome[slot(sequence)] = (byte) outcome.ordinal();
    }

    /** Whether the writer ever began this operation. */
    public boolean knows(int writer, long sequence) {
        return writer >= 0 && writer < writers.length && sequence >= 0 && sequence < writers[writer].size;
    }

    public Outcome outcome(int writer, long sequence) {
        return OUTCOMES[chunk(writer, sequence).outcome[slot(sequence)]];
    }

    public OperationKind kind(int writer, long sequence) {
        return KINDS[chunk(writer, sequence).kind[slot(sequence)]];
    }

    public long xid(int writer, long sequence) {
        return chunk(writer, sequence).xid[slot(sequence)];
    }

    public int timeline(int writer, long sequence) {
        return chunk(writer, sequence).timeline[slot(sequence)];
    }

    public Lsn insertedAt(int writer, long sequence) {
        return new Lsn(chunk(writer, sequence).insertedAt[slot(sequence)]);
    }

    public long hash(int writer, long sequence) {
        return chunk(writer, sequence).hash[slot(sequence)];
    }

    public long previous(int writer, long sequence) {
        return chunk(writer, sequence).previous[slot(sequence)];
    }

    private int index(int writer, long sequence) {
        if (!knows(writer, sequence)) {
            throw new IndexOutOfBoundsException("writer " + writer + " never began operation " + sequence);
        }
        return (int) sequence;
    }

    private Chunk chunk(int writer, long sequence) {
        return writers[writer].chunks.get(index(writer, sequence) >> Column.BITS);
    }

    private static int slot(long sequence) {
        return (int) sequence & (Column.LENGTH - 1);
    }

    /** The operations of one writer, in pieces that are never copied. */
    private static final class Column {
        static final int BITS = 12;
        static final int LENGTH = 1 << BITS;

        private int size;
        private final List<Chunk> chunks = new ArrayList<>();
    }

    private static final class Chunk {
        private final byte[] outcome = new byte[Column.LENGTH];
        private final byte[] kind = new byte[Column.LENGTH];
        private final int[] timeline = new int[Column.LENGTH];
        private final long[] xid = new long[Column.LENGTH];
        private final long[] insertedAt = new long[Column.LENGTH];
        private final long[] hash = new long[Column.LENGTH];
        private final long[] previous = new long[Column.LENGTH];
    }
}
