package org.pgrehearsal.restore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.platform.local.PostgresCluster;

/**
 * Looks how far a recovering server is, over one connection for as long as the server keeps it: to come in anew costs either side more than the
 * look itself.
 */
final class Recovery implements AutoCloseable {
    /** What a look shows. */
    enum State {
        REPLAYING,
        PAUSED,
        OPEN,
        ENDED
    }

    private final PostgresCluster cluster;
    private @Nullable Connection connection;
    private @Nullable PreparedStatement question;

    Recovery(PostgresCluster cluster) {
        this.cluster = cluster;
    }

    /** @throws IllegalStateException if the server does not accept who we are */
    State look() {
        if (connection == null && !cluster.isReady()) {
            return cluster.isAlive() ? State.REPLAYING : State.ENDED;
        }
        try (ResultSet result = question().executeQuery()) {
            result.next();
            if (!result.getBoolean(1)) {
                return State.OPEN;
            }
            return "paused".equals(result.getString(2)) ? State.PAUSED : State.REPLAYING;
        } catch (SQLException e) {
            close();
            // it does not take connections yet, or no more
            if (e.getSQLState() != null && e.getSQLState().startsWith("28")) {
                throw new IllegalStateException("the restored cluster does not let us in: " + e.getMessage(), e);
            }
            if (String.valueOf(e.getMessage()).contains("incompatible with operating system")) {
                throw new IllegalStateException(
                        "the restored cluster needs a locale that this machine lacks: " + e.getMessage()
                                + "; install that locale and try again",
                        e);
            }
            return cluster.isAlive() ? State.REPLAYING : State.ENDED;
        }
    }

    private PreparedStatement question() throws SQLException {
        PreparedStatement asked = question;
        if (asked == null) {
            Connection opened = cluster.connect(cluster.login().database());
            connection = opened;
            asked = opened.prepareStatement(
                    "SELECT pg_is_in_recovery(), CASE WHEN pg_is_in_recovery() THEN pg_get_wal_replay_pause_state() END");
            question = asked;
        }
        return asked;
    }

    /** Lets go of the connection; a later look makes another one. */
    @Override
    public void close() {
        Connection held = connection;
        connection = null;
        question = null;
        try {
            if (held != null) {
                held.close();
            }
        } catch (SQLException _) {
            // the server closed it before us
        }
    }
}
