package org.pgrehearsal.target;

import java.util.Locale;

/** What the server does once it has stopped at its target: {@code recovery_target_action}. */
public enum TargetAction {
    /** Waits, readable, until it is told to go on. Without {@code hot_standby} PostgreSQL shuts down instead. */
    PAUSE,
    /** Opens a new timeline and takes writes. */
    PROMOTE,
    /** Stops the server; the next start replays again from the backup's checkpoint. */
    SHUTDOWN;

    /** The value of the setting. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
