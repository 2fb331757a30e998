package org.pgrehearsal.target;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

/**
 * What a server's log says about its last recovery. Null means that the log does not say.
 *
 * @param attempts        recoveries that the log tells of; the facts are those of the last one
 * @param redoStart       where replay began
 * @param consistent      where the backup became consistent
 * @param stopped         where it stopped at its target, and why
 * @param paused          whether it waits at its target
 * @param redoDone        the start of the last record that was read: applied, unless recovery stopped before it
 * @param lastTransaction the time in the last end of a transaction that was applied
 * @param newTimeline     the timeline that it opened
 * @param complete        whether archive recovery was completed (the server was promoted)
 * @param fatal           FATAL and PANIC messages of the recovery, those for refused clients left out
 * @param restored        the files that came from the archive, in order
 * @param endReasons      why the log was held to end, and complaints about its files
 */
public record RecoveryLog(
        int attempts,
        @Nullable Lsn redoStart,
        @Nullable Lsn consistent,
        @Nullable StopPoint stopped,
        boolean paused,
        @Nullable Lsn redoDone,
        @Nullable Instant lastTransaction,
        @Nullable TimelineId newTimeline,
        boolean complete,
        List<String> fatal,
        List<String> restored,
        List<String> endReasons) {
    public RecoveryLog {
        fatal = List.copyOf(fatal);
        restored = List.copyOf(restored);
        endReasons = List.copyOf(endReasons);
    }
}
