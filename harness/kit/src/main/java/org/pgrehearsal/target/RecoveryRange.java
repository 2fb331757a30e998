package org.pgrehearsal.target;

import org.pgrehearsal.wal.Lsn;

/**
 * The part of the log that a recovery reads.
 *
 * @param redo       where it begins: the redo position of the backup's checkpoint
 * @param consistent where the backup becomes consistent: the end of its BACKUP_END record, or for a backup of a standby the minimum recovery
 *                   point in its control file
 * @param archiveEnd the end of the last segment that the archive can deliver without a gap
 */
public record RecoveryRange(Lsn redo, Lsn consistent, Lsn archiveEnd) {
    public RecoveryRange {
        if (consistent.isBefore(redo)) {
            throw new IllegalArgumentException("consistent at " + consistent + ", before redo begins at " + redo);
        }
    }
}
