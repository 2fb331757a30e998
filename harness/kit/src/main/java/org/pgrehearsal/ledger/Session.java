package org.pgrehearsal.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.await.Waiting;

/**
 * A connection to a server that takes writes.
 *
 * @param connection without autocommit
 * @param timeline   on which everything is written that goes through it: a server changes its timeline only when recovery ends, and answers no
 *                   question for it before
 */
record Session(Connection connection, int timeline) implements AutoCloseable {
    /**
     * The timeline that the server inserts on: {@code pg_walfile_name} takes it from {@code GetWALInsertionTimeLine} ({@code xlogfuncs.c}), which is
     * set before the first write after a promotion. {@code pg_control_checkpoint} tells that of the last checkpoint, and a promotion makes one only
     * later ({@code xlog.c}, {@code PerformRecoveryXLogAction}). During recovery both functions are refused.
     */
    private static final String TIMELINE =
            "SELECT ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int";

    private static final Duration PAUSE = Duration.ofMillis(200);

    static Session open(Connections connections) throws SQLException {
        Connection connection = connections.open();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET deadlock_timeout = '50ms'");
            int timeline;
            try (ResultSet result = statement.executeQuery(TIMELINE)) {
                result.next();
                timeline = result.getInt(1);
            }
            connection.commit();
            return new Session(connection, timeline);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Opens one as soon as some server takes writes.
     *
     * @param silence after which a server that does not answer counts as gone
     * @throws org.pgrehearsal.await.WaitFailed if none does in time; with the last refusal
     */
    static Session await(Connections connections, Duration patience, Duration silence) throws SQLException {
        Attempt attempt = Waiting.on("a server that takes the writers' writes", patience)
                .every(PAUSE)
                .until(() -> Attempt.make(connections), made -> made.session != null);
        Session session = Optional.ofNullable(attempt.session).orElseThrow();
        session.connection.setNetworkTimeout(Runnable::run, Math.toIntExact(silence.toMillis()));
        return session;
    }

    /** A session, or why there is none. */
    private record Attempt(@Nullable Session session, String refusal) {
        static Attempt make(Connections connections) {
            try {
                return new Attempt(open(connections), "");
            } catch (SQLException e) {
                return new Attempt(null, String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
