package org.pgrehearsal.wal;

import java.time.Instant;

/**
 * One record of the Transaction resource manager, as {@code pg_waldump -r Transaction} prints it.
 *
 * @param timeline       the timeline of the segment that holds it
 * @param start          where the record starts
 * @param kind           what it does
 * @param xid            the top-level transaction; for the prepared kinds, the transaction that was prepared
 * @param subtransactions the committed (or aborted) children, in the order given
 * @param at             the time in the record, to the microsecond; taken before the record was inserted, so not monotonic in WAL order
 *                       ({@code xact.c}, {@code RecordTransactionCommit})
 */
public record TransactionRecord(
        TimelineId timeline, Lsn start, Kind kind, long xid, java.util.List<Long> subtransactions, Instant at) {
    public TransactionRecord {
        subtransactions = java.util.List.copyOf(subtransactions);
    }

    /** What a record does to its transaction. */
    public enum Kind {
        COMMIT,
        ABORT,
        PREPARE,
        COMMIT_PREPARED,
        ABORT_PREPARED;

        public boolean commits() {
            return this == COMMIT || this == COMMIT_PREPARED;
        }

        public boolean aborts() {
            return this == ABORT || this == ABORT_PREPARED;
        }
    }

    public boolean commits() {
        return kind.commits();
    }
}
