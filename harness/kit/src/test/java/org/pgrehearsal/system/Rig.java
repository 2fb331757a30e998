package org.pgrehearsal.system;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.Program;
import org.pgrehearsal.platform.Toolbox;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.platform.local.PostgresTools;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;
import org.pgrehearsal.store.CertificateAuthority;
import org.pgrehearsal.store.EmbeddedStore;

/** A place on this machine in which a backup system can be tried with a real server and a real store. */
public final class Rig implements AutoCloseable {
    private static final String PASSWORD = "rig-" + UUID.randomUUID();

    private final Path work;
    private final Janitor janitor;
    private final Runner runner;
    private final EmbeddedStore store;
    private final Deque<PostgresCluster> clusters = new ArrayDeque<>();

    public Rig() throws IOException {
        work = Path.of(
                System.getProperty("java.io.tmpdir"),
                "rig-" + UUID.randomUUID().toString().substring(0, 8));
        janitor = Janitor.watch(work, UUID.randomUUID().toString(), false);
        runner = new Runner(
                Account.unprivileged(),
                work,
                janitor,
                new Transcript(Path.of("target", "rig-commands.log"), new Redaction()));
        store = EmbeddedStore.start(work.resolve("store"), CertificateAuthority.create(work.resolve("ca.pem")));
    }

    /** The folder of barman-cloud's programs; a machine without them is a failure, not a reason to skip. */
    public static Path barmanPrograms() {
        return folderOf(Program.BARMAN_CLOUD_BACKUP);
    }

    private static PostgresTools postgres() {
        return new PostgresTools(folderOf(Program.INITDB));
    }

    private static Path folderOf(Program program) {
        return Objects.requireNonNull(Toolbox.ofThisMachine().require(program).getParent());
    }

    public EmbeddedStore store() {
        return store;
    }

    public Site site(String name) {
        return new Site(store.access(), store.createBucket(name), work.resolve("home-" + name));
    }

    /** A cluster that is not there yet. */
    public PostgresCluster cluster(String name) throws IOException {
        PostgresCluster cluster = new PostgresCluster(runner, postgres(), work.resolve(name), PASSWORD, true);
        clusters.push(cluster);
        return cluster;
    }

    /** A running source with an empty ledger, for a system and its site. */
    public PostgresCluster source(LocalSystem system, Site site) throws IOException, SQLException {
        PostgresCluster source = cluster("source");
        source.initialise();
        ServerConfig archiving = system.archiving(source, site);
        source.start(archiving.with(Map.of("max_prepared_transactions", "5")).settings(), archiving.environment());
        try (Connection connection = source.connect("postgres")) {
            execute(connection, "CREATE DATABASE " + LedgerSchema.DATABASE);
        }
        try (Connection connection = source.connect(LedgerSchema.DATABASE)) {
            LedgerSchema.create(connection, 2);
        }
        system.initialise(source, site);
        return source;
    }

    /** Commits rows {@code from} to {@code to}, each in a transaction of its own. */
    public static void write(PostgresCluster source, int from, int to) throws SQLException {
        try (Connection connection = source.connect(LedgerSchema.DATABASE)) {
            for (int number = from; number <= to; number++) {
                execute(connection, "INSERT INTO dr_savepoint VALUES (0, " + number + ")");
            }
        }
    }

    public static long rows(PostgresCluster cluster) throws SQLException {
        try (Connection connection = cluster.connect(LedgerSchema.DATABASE)) {
            return number(connection, "SELECT count(*) FROM dr_savepoint");
        }
    }

    /** Ends the current segment and waits until it is archived. */
    public static void archive(PostgresCluster source) throws SQLException {
        try (Connection connection = source.connect("postgres")) {
            String segment = text(connection, "SELECT pg_walfile_name(pg_current_wal_lsn())");
            execute(connection, "SELECT pg_switch_wal()");
            Waiting.on("segment " + segment + " to be archived", Duration.ofMinutes(1))
                    .until(
                            () -> {
                                try {
                                    return text(
                                            connection, "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver");
                                } catch (SQLException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            last -> last.substring(0, Math.min(24, last.length()))
                                            .compareTo(segment)
                                    >= 0);
        }
    }

    /** Waits until a server that was restored without a target has promoted itself. */
    public static void awaitPromotion(PostgresCluster restored) {
        restored.awaitConnection("postgres", Duration.ofMinutes(2));
        Waiting.on("the end of recovery", Duration.ofMinutes(2))
                .until(
                        () -> {
                            try (Connection connection = restored.connect("postgres")) {
                                return text(connection, "SELECT pg_is_in_recovery()::text");
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        "false"::equals);
    }

    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    public static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(text(connection, sql));
    }

    @Override
    public void close() {
        clusters.forEach(PostgresCluster::close);
        store.close();
        janitor.close();
    }
}
