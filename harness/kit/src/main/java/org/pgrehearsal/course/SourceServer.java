package org.pgrehearsal.course;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.ServerConfig;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.wal.Lsn;

/** Makes a source: a filled cluster that archives with a backup system, ready for its writers. */
final class SourceServer {
    private static final Duration LOAD = Duration.ofMinutes(30);
    private static final Duration FLUSH = Duration.ofMinutes(1);

    private SourceServer() {}

    /** Fills a new cluster with the ledger's tables and pgbench's, without writing that to the log. */
    static void fill(PostgresCluster cluster, Size size, int writerNumbers) throws SQLException {
        cluster.initialise();
        cluster.start(LocalPlatform.loadingSettings(), java.util.Map.of());
        try (Connection connection = cluster.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + LedgerSchema.DATABASE);
        }
        cluster.runner()
                .run(Command.of(
                                cluster.tools().tool("pgbench"),
                                "--host=" + cluster.socket(),
                                "--port=" + cluster.port(),
                                "--username=" + PostgresCluster.USER,
                                "--initialize",
                                "--quiet",
                                "--scale=" + size.scale(),
                                LedgerSchema.DATABASE)
                        .within(LOAD))
                .orFail();
        try (Connection connection = cluster.connect(LedgerSchema.DATABASE)) {
            LedgerSchema.create(connection, writerNumbers);
        }
        cluster.stop();
    }

    /** Starts a filled cluster so that it archives, in a fresh segment. */
    static Lsn archive(PostgresCluster cluster, BackupSystem system, Site site) throws SQLException {
        ServerConfig config = system.archiving(cluster, site).with(LocalPlatform.sourceSettings());
        cluster.start(config.settings(), config.environment());
        system.initialise(cluster, site);
        try (Connection connection = cluster.connect(LedgerSchema.DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_switch_wal()");
        }
        return position(cluster);
    }

    /** Where the log stands. */
    static Lsn position(PostgresCluster cluster) throws SQLException {
        return Lsn.parse(ask(cluster, "SELECT pg_current_wal_insert_lsn()"));
    }

    /** Where the log stands, once it is on disk up to there: what is flushed may end in the middle of a record. */
    static Lsn flushed(PostgresCluster cluster) throws SQLException {
        Lsn position = position(cluster);
        Waiting.on("the log to be on disk up to " + position, FLUSH)
                .until(() -> onDisk(cluster), onDisk -> !onDisk.isBefore(position));
        return position;
    }

    private static Lsn onDisk(PostgresCluster cluster) {
        try {
            return Lsn.parse(ask(cluster, "SELECT pg_current_wal_flush_lsn()"));
        } catch (SQLException e) {
            throw new IllegalStateException("the source does not say where its log stands: " + e.getMessage(), e);
        }
    }

    static long systemId(PostgresCluster cluster) throws SQLException {
        return Long.parseLong(ask(cluster, "SELECT system_identifier FROM pg_control_system()"));
    }

    static int segmentSize(PostgresCluster cluster) throws SQLException {
        return Integer.parseInt(ask(cluster, "SELECT setting FROM pg_settings WHERE name = 'wal_segment_size'"));
    }

    private static String ask(PostgresCluster cluster, String sql) throws SQLException {
        try (Connection connection = cluster.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
