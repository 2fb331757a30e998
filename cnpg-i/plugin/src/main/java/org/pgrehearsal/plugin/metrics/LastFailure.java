package org.pgrehearsal.plugin.metrics;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** When a backup failed the last time, as this process knows. */
public final class LastFailure {
    private final Clock clock;
    private final AtomicLong second = new AtomicLong();

    public LastFailure(Clock clock) {
        this.clock = clock;
    }

    public void now() {
        second.set(clock.instant().getEpochSecond());
    }

    /** Seconds since 1970, or 0. */
    public long second() {
        return second.get();
    }
}
