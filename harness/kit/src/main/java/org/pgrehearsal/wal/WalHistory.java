package org.pgrehearsal.wal;

import java.util.List;

/**
 * All that is known of the log on one path of timelines: what recovery along that path will read.
 *
 * @param order     the transactions
 * @param controls  restore points, checkpoints, ends of backups and the like, by position
 * @param positions where the records lie
 */
public record WalHistory(CommitOrder order, List<XlogRecord> controls, RecordPositions positions) {
    public WalHistory {
        controls = List.copyOf(controls);
    }
}
