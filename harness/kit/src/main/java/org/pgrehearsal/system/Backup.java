package org.pgrehearsal.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

/** A backup that was taken. */
public sealed interface Backup {
    /** The system's own name for it. */
    String label();

    BackupKind kind();

    Instant startedAt();

    Duration took();

    /**
     * A copy of the files, made right by replaying the log from {@code start} to {@code stop}.
     *
     * @param timeline the timeline it was taken on
     * @param start    where replay begins
     * @param stop     where the copy becomes consistent: the end of the BACKUP_END record
     */
    record Physical(
            String label, BackupKind kind, TimelineId timeline, Lsn start, Lsn stop, Instant startedAt, Duration took)
            implements Backup {}

    /**
     * The rows that one snapshot saw.
     *
     * @param xmax       transactions from this number on had not begun
     * @param inProgress transactions below it that had not ended
     * @param at         the log's insert position just after the snapshot was taken
     */
    record Logical(
            String label, BackupKind kind, long xmax, Set<Long> inProgress, Lsn at, Instant startedAt, Duration took)
            implements Backup {
        /** Whether the snapshot saw a transaction, given that it committed. */
        public boolean sees(long xid) {
            return xid < xmax && !inProgress.contains(xid);
        }
    }
}
