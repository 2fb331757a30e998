package org.pgrehearsal.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
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
        /**
         * By what {@code pg_current_snapshot()} said.
         *
         * @param visible {@code xmin:xmax:in progress}, with epochs
         */
        public static Logical of(
                String label, BackupKind kind, String visible, Lsn at, Instant startedAt, Duration took) {
            String[] parts = visible.split(":", -1);
            Set<Long> inProgress = Arrays.stream(parts[2].split(",", -1))
                    .filter(xid -> !xid.isEmpty())
                    .map(Long::valueOf)
                    .collect(Collectors.toUnmodifiableSet());
            return new Logical(label, kind, Long.parseLong(parts[1]), inProgress, at, startedAt, took);
        }

        /** The same, which took that long. */
        public Logical after(Duration took) {
            return new Logical(label, kind, xmax, inProgress, at, startedAt, took);
        }

        /** Whether the snapshot saw a transaction, given that it committed. */
        public boolean sees(long xid) {
            return xid < xmax && !inProgress.contains(xid);
        }
    }
}
