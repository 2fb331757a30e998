package org.pgrehearsal.plugin;

import java.time.Duration;

/** The time between two looks at something that says nothing by itself. */
public final class Pause {
    private Pause() {}

    /** Lets some time pass; false at once when this thread is interrupted, which it then still is. */
    public static boolean of(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
