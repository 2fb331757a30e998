package org.pgrehearsal.target;

import org.pgrehearsal.wal.TimelineId;

/** Which branch of history recovery follows: {@code recovery_target_timeline}. */
public sealed interface TargetTimeline {
    /** The newest that the archive shows: PostgreSQL asks for one history file after the other and stops at the first that is missing. */
    record Latest() implements TargetTimeline {}

    /** The timeline of the backup itself. */
    record Current() implements TargetTimeline {}

    /** One by number. */
    record Numbered(TimelineId timeline) implements TargetTimeline {}

    /** The value of the setting. A number is decimal. */
    default String setting() {
        return switch (this) {
            case Latest _ -> "latest";
            case Current _ -> "current";
            case Numbered numbered -> numbered.timeline().toString();
        };
    }
}
