package org.pgrehearsal.ledger;

import java.util.Arrays;
import java.util.UUID;
import org.pgrehearsal.wal.Lsn;

/**
 * What each writer was told about each of its operations, in columns: some 44 bytes an operation, so that millions fit in a small heap.
 *
 * <p>Not thread-safe, except that different writers may be filled by different threads.
 */
public final class History {
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
        column.ensure(sequence + 1);
        column.outcome[sequence] = Outcome.UNKNOWN;
        column.kind[sequence] = kind;
        column.timeline[sequence] = timeline;
        column.xid[sequence] = xid;
        column.insertedAt[sequence] = insertedAt.value();
        column.hash[sequence] = hash;
        column.previous[sequence] = previous;
        column.size = sequence + 1;
        return sequence;
    }

    public void end(int writer, long sequence, Outcome outcome) {
        writers[writer].outcome[index(writer, sequence)] = outcome;
    }

    /** Whether the writer ever began this operation. */
    public boolean knows(int writer, long sequence) {
        return writer >= 0 && writer < writers.length && sequence >= 0 && sequence < writers[writer].size;
    }

    public Outcome outcome(int writer, long sequence) {
        return writers[writer].outcome[index(writer, sequence)];
    }

    public OperationKind kind(int writer, long sequence) {
        return writers[writer].kind[index(writer, sequence)];
    }

    public long xid(int writer, long sequence) {
        return writers[writer].xid[index(writer, sequence)];
    }

    public int timeline(int writer, long sequence) {
        return writers[writer].timeline[index(writer, sequence)];
    }

    public Lsn insertedAt(int writer, long sequence) {
        return new Lsn(writers[writer].insertedAt[index(writer, sequence)]);
    }

    public long hash(int writer, long sequence) {
        return writers[writer].hash[index(writer, sequence)];
    }

    public long previous(int writer, long sequence) {
        return writers[writer].previous[index(writer, sequence)];
    }

    private int index(int writer, long sequence) {
        if (!knows(writer, sequence)) {
            throw new IndexOutOfBoundsException("writer " + writer + " never began operation " + sequence);
        }
        return (int) sequence;
    }

    /** The operations of one writer. */
    private static final class Column {
        private int size;
        private Outcome[] outcome = new Outcome[256];
        private OperationKind[] kind = new OperationKind[256];
        private int[] timeline = new int[256];
        private long[] xid = new long[256];
        private long[] insertedAt = new long[256];
        private long[] hash = new long[256];
        private long[] previous = new long[256];

        void ensure(int wanted) {
            if (wanted > outcome.length) {
                int length = Math.max(wanted, outcome.length + (outcome.length >> 1));
                outcome = Arrays.copyOf(outcome, length);
                kind = Arrays.copyOf(kind, length);
                timeline = Arrays.copyOf(timeline, length);
                xid = Arrays.copyOf(xid, length);
                insertedAt = Arrays.copyOf(insertedAt, length);
                hash = Arrays.copyOf(hash, length);
                previous = Arrays.copyOf(previous, length);
            }
        }
    }
}
