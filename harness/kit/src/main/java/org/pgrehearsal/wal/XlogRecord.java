package org.pgrehearsal.wal;

/**
 * A record of the XLOG resource manager that matters to recovery.
 *
 * @param timeline the timeline of the segment that holds it
 * @param start    where it starts
 * @param end      the position after it ({@link WalLayout#end}); for a switch, the end of the segment
 * @param kind     what it is
 * @param detail   the rest of its description: the name of a restore point, the start of the backup that ended, the fields of a checkpoint
 */
public record XlogRecord(TimelineId timeline, Lsn start, Lsn end, Kind kind, String detail) {
    /** The kinds that are kept. */
    public enum Kind {
        RESTORE_POINT,
        CHECKPOINT_ONLINE,
        CHECKPOINT_SHUTDOWN,
        CHECKPOINT_REDO,
        BACKUP_END,
        END_OF_RECOVERY,
        SWITCH,
        PARAMETER_CHANGE
    }
}
