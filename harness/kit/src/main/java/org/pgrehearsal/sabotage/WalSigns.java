package org.pgrehearsal.sabotage;

import static org.pgrehearsal.verdict.Anomaly.ARCHIVE_GAP;
import static org.pgrehearsal.verdict.Anomaly.LOST_SUFFIX;
import static org.pgrehearsal.verdict.Anomaly.OBJECTS_DIFFER;
import static org.pgrehearsal.verdict.Anomaly.STATUS_DISAGREES;
import static org.pgrehearsal.verdict.Anomaly.STOPPED_ELSEWHERE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pgrehearsal.wal.WalSegment;

/**
 * How it shows that replay cannot read on. Without a target PostgreSQL takes the first record that it cannot read for the end of the log and
 * promotes, so only our checks see the loss; with a target, or before the backup is consistent, it stops with an error ({@code
 * xlogrecovery.c}).
 */
final class WalSigns {
    private static final Sign SERVER = Sign.Refusal.by(
            Outcome.By.SERVER,
            "recovery ended before configured recovery target was reached"
                    + "|WAL ends before (end of online backup|consistent recovery point)"
                    + "|could not locate (a valid|required) checkpoint record"
                    + "|could not find redo location"
                    + "|archive file \"[^\"]*\" has wrong size");

    private WalSigns() {}

    /**
     * Replay ends within a segment, or just before it.
     *
     * @param more other signs of this damage
     */
    static Expected endsIn(Scene scene, WalSegment segment, Sign... more) {
        List<Sign> signs = new ArrayList<>(List.of(
                SERVER,
                aborted(segment),
                new Sign.Discovery(
                        Set.of(LOST_SUFFIX, ARCHIVE_GAP, STATUS_DISAGREES),
                        Set.of(STOPPED_ELSEWHERE, OBJECTS_DIFFER),
                        scene.lossIn(segment))));
        signs.addAll(List.of(more));
        return new Expected(signs);
    }

    /** A restore_command that knows better than to call this the end of the archive ends with more than 125, which aborts recovery. */
    private static Sign aborted(WalSegment segment) {
        return Sign.Refusal.by(
                Outcome.By.SERVER,
                "FATAL: +could not restore file \"" + segment.name()
                        + "\" from archive: child process exited with exit code 255");
    }
}
