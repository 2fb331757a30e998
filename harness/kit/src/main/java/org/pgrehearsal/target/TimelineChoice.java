package org.pgrehearsal.target;

import java.util.List;
import java.util.Map;
import org.pgrehearsal.target.Prediction.Reason;
import org.pgrehearsal.target.Prediction.Refusal;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineHistory;
import org.pgrehearsal.wal.TimelineId;

/** Which timeline recovery follows, by PostgreSQL's rules ({@code xlogrecovery.c}, {@code validateRecoveryParameters}; {@code timeline.c}). */
public sealed interface TimelineChoice {
    /**
     * It follows this one.
     *
     * @param path from the oldest timeline to this one
     */
    record Follows(TimelineId timeline, List<CommitOrder.Leg> path) implements TimelineChoice {
        public Follows {
            path = List.copyOf(path);
        }
    }

    /** It must refuse. */
    record Refuses(Refusal refusal) implements TimelineChoice {}

    /**
     * What the server chooses with these history files.
     *
     * @param asked      what it is asked for
     * @param backup     the timeline of the backup
     * @param checkpoint where the backup's checkpoint lies
     * @param histories  the history files that the archive can deliver
     */
    static TimelineChoice of(
            TargetTimeline asked, TimelineId backup, Lsn checkpoint, Map<TimelineId, TimelineHistory> histories) {
        TimelineId chosen = switch (asked) {
            case TargetTimeline.Current _ -> backup;
            case TargetTimeline.Latest _ -> newest(backup, histories);
            case TargetTimeline.Numbered(TimelineId number) -> number;
        };
        if (asked instanceof TargetTimeline.Numbered
                && !chosen.equals(TimelineId.FIRST)
                && !histories.containsKey(chosen)) {
            return new Refuses(new Refusal(Reason.NO_SUCH_TIMELINE, "the archive has no " + chosen.historyFileName()));
        }
        TimelineHistory history = histories.getOrDefault(chosen, TimelineHistory.none(chosen));
        return history.passes(backup, checkpoint)
                ? new Follows(chosen, history.path())
                : new Refuses(new Refusal(
                        Reason.NOT_A_CHILD,
                        "timeline " + chosen + " does not pass through the backup at " + checkpoint + " on timeline "
                                + backup));
    }

    /** One number after the other; the first that has no history file ends the search, whatever comes later. */
    private static TimelineId newest(TimelineId from, Map<TimelineId, TimelineHistory> histories) {
        TimelineId newest = from;
        while (histories.containsKey(newest.next())) {
            newest = newest.next();
        }
        return newest;
    }
}
