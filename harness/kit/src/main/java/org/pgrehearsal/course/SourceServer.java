package org.pgrehearsal.course;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.system.LocalSystem;
import org.pgrehearsal.system.ServerConfig;
import org.pgrehearsal.system.Site;

/** Makes a source: a filled cluster that archives with a backup system, ready for its writers. */
final class SourceServer {
    private static final Duration LOAD = Duration.ofMinutes(30);

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
    static void archive(PostgresCluster cluster, LocalSystem system, Site site) throws SQLException {
        ServerConfig config = system.archiving(cluster, site).with(LocalPlatform.sourceSettings());
        cluster.start(config.settings(), config.environment());
        system.initialise(cluster, site);
        try (Connection connection = cluster.connect(LedgerSchema.DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_switch_wal()");
        }
    }
}
