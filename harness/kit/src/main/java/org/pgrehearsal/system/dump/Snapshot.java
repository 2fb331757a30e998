package org.pgrehearsal.system.dump;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.pgrehearsal.wal.Lsn;

/** A transaction that holds one snapshot of one database open, so that others can look through it. */
final class Snapshot implements AutoCloseable {
    private final Connection connection;
    private final String exported;
    private final String visible;
    private final Lsn at;

    /**
     * Takes a snapshot.
     *
     * @param connection to the database; closed with the snapshot
     */
    Snapshot(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            try (ResultSet row = statement.executeQuery(
                    "SELECT pg_export_snapshot(), pg_current_snapshot()::text, pg_current_wal_insert_lsn()::text")) {
                row.next();
                exported = row.getString(1);
                visible = row.getString(2);
                at = Lsn.parse(row.getString(3));
            }
        }
    }

    /** The name under which {@code pg_dump} finds it. */
    String exported() {
        return exported;
    }

    /** {@code xmin:xmax:in progress}, with epochs. */
    String visible() {
        return visible;
    }

    Lsn at() {
        return at;
    }

    /** Counts what it sees. */
    Manifest.Contents contents() throws SQLException {
        return ContentsCount.of(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
