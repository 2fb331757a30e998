package org.pgrehearsal.restore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.platform.DatabaseServer;
import org.pgrehearsal.target.RecoveryLog;

/** What became of an order to restore. */
public sealed interface Attempt {
    /** The server's log, as far as it ever started. */
    RecoveryLog log();

    /** From the order to the first answer; null if there was none. */
    @Nullable
    Duration rto();

    /** Who said no. */
    enum By {
        /** The backup system's own restore. */
        ENGINE,
        /** PostgreSQL, while it replayed. */
        SERVER
    }

    /**
     * Nobody can connect: the restore was refused.
     *
     * @param by     who refused
     * @param reason in its own words, one line
     * @param log    the server's log, if it ever started
     */
    record Refused(By by, String reason, RecoveryLog log) implements Attempt {
        @Override
        public @Nullable Duration rto() {
            return null;
        }
    }

    /**
     * The database answers.
     *
     * @param server  the running server; the caller closes what it runs on
     * @param pages   a way to look at its pages
     * @param paused  whether it waits at its target, rather than having been promoted
     * @param log     the server's log
     * @param rto     from the order to the first answer
     */
    record Opened(DatabaseServer server, Pages pages, boolean paused, RecoveryLog log, Duration rto)
            implements Attempt {}
}
