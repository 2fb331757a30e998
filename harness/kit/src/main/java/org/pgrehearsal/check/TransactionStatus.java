package org.pgrehearsal.check;

/** What the restored cluster says of a transaction. */
public enum TransactionStatus {
    COMMITTED,
    ABORTED,
    IN_PROGRESS,
    /**
     * At or above {@code pg_snapshot_xmax(pg_current_snapshot())}: for the cluster it has not happened yet. Compare first: {@code pg_xact_status}
     * raises an error for it.
     */
    FUTURE,
    /** {@code pg_xact_status} says null: older than the cluster remembers. */
    UNKNOWN_TO_SERVER
}
