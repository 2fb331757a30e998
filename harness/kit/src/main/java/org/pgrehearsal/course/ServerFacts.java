package org.pgrehearsal.course;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.DatabaseServer;
import org.pgrehearsal.wal.Lsn;

/** What a running server says of its own log. */
public final class ServerFacts {
    private static final Duration FLUSH = Duration.ofMinutes(1);

    private ServerFacts() {}

    /** Where the log stands. */
    public static Lsn position(DatabaseServer server) throws SQLException {
        return Lsn.parse(ask(server, "SELECT pg_current_wal_insert_lsn()"));
    }

    /** Where the log stands, once it is on disk up to there: what is flushed may end in the middle of a record. */
    public static Lsn flushed(DatabaseServer server) throws SQLException {
        Lsn position = position(server);
        Waiting.on("the log to be on disk up to " + position, FLUSH)
                .until(() -> onDisk(server), onDisk -> !onDisk.isBefore(position));
        return position;
    }

    private static Lsn onDisk(DatabaseServer server) {
        try {
            return Lsn.parse(ask(server, "SELECT pg_current_wal_flush_lsn()"));
        } catch (SQLException e) {
            throw new IllegalStateException("the source does not say where its log stands: " + e.getMessage(), e);
        }
    }

    public static long systemId(DatabaseServer server) throws SQLException {
        return Long.parseLong(ask(server, "SELECT system_identifier FROM pg_control_system()"));
    }

    public static int segmentSize(DatabaseServer server) throws SQLException {
        return Integer.parseInt(ask(server, "SELECT setting FROM pg_settings WHERE name = 'wal_segment_size'"));
    }

    private static String ask(DatabaseServer server, String sql) throws SQLException {
        try (Connection connection = server.connect(server.login().database());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
