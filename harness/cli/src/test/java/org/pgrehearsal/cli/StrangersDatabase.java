package org.pgrehearsal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.Program;
import org.pgrehearsal.platform.Toolbox;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.platform.local.PostgresTools;
import org.pgrehearsal.platform.local.WorkPlace;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;
import org.pgrehearsal.store.BucketClient;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.LocalSystem;
import org.pgrehearsal.system.ServerConfig;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.system.barman.BarmanCloud;
import org.pgrehearsal.system.pgbackrest.PgBackRest;

/**
 * A database that knows nothing of us: pgbench writes to it, with savepoints and rollbacks, while it is backed up and after. Its settings are
 * not those of our own sources.
 */
final class StrangersDatabase {
    private static final String SCRIPT = """
            \\set aid random(1, 100000)
            BEGIN;
            UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid = :aid;
            SAVEPOINT one;
            INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (1, 1, :aid, 1, CURRENT_TIMESTAMP);
            ROLLBACK TO SAVEPOINT one;
            SAVEPOINT two;
            INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (2, 1, :aid, 1, CURRENT_TIMESTAMP);
            RELEASE SAVEPOINT two;
            \\set coin random(1, 3)
            \\if :coin = 1
            ROLLBACK;
            \\else
            COMMIT;
            \\endif
            """;

    private final Runner runner;
    private final Path work;
    private final Toolbox toolbox = Toolbox.ofThisMachine();

    private StrangersDatabase(Runner runner, Path work) {
        this.runner = runner;
        this.work = work;
    }

    /** The system of a name, with its defaults. */
    private LocalSystem system(String name) {
        return switch (name) {
            case PgBackRest.NAME -> new PgBackRest(toolbox.require(Program.PGBACKREST), false);
            default -> new BarmanCloud(folder(toolbox.require(Program.BARMAN_CLOUD_BACKUP)));
        };
    }

    /**
     * Makes a database, backs it up to {@code <system>/} in a bucket, and leaves nothing else behind.
     *
     * @param checksums whether it has page checksums, and the extension amcheck
     */
    static void backUp(S3Access store, String bucket, String system, boolean checksums) throws Exception {
        Path work = WorkPlace.choose(Path.of(System.getProperty("java.io.tmpdir")));
        Janitor janitor = WorkPlace.make(work, UUID.randomUUID().toString(), false);
        Runner runner = new Runner(
                Account.unprivileged(), work, janitor, new Transcript(work.resolve("commands.log"), new Redaction()));
        // the user that runs PostgreSQL must be able to read it
        Path authority = Files.copy(Objects.requireNonNull(store.caCertificate()), work.resolve("store-ca.pem"));
        S3Access reached =
                new S3Access(store.endpoint(), store.region(), store.accessKey(), store.secretKey(), authority);
        try (janitor;
                BucketClient client = BucketClient.open(reached, bucket, system + "/", Duration.ofSeconds(30))) {
            StrangersDatabase database = new StrangersDatabase(runner, work);
            database.run(
                    database.system(system), new Site(reached, client.bucket(), work.resolve("engine")), checksums);
        }
    }

    private void run(LocalSystem system, Site site, boolean checksums) throws Exception {
        PostgresTools tools = new PostgresTools(folder(toolbox.require(Program.POSTGRES)));
        try (PostgresCluster source =
                new PostgresCluster(runner, tools, work.resolve("c"), "stranger-" + UUID.randomUUID(), false)) {
            source.initialise();
            if (!checksums) {
                runner.run(Command.of(tools.tool("pg_checksums"), "--disable", "--pgdata=" + source.data()))
                        .orFail();
            }
            ServerConfig archiving = system.archiving(source, site);
            Map<String, String> settings = new HashMap<>(archiving.settings());
            settings.putAll(Map.of("max_connections", "123", "max_prepared_transactions", "7", "wal_level", "replica"));
            source.start(settings, archiving.environment());
            execute(source, "postgres", "CREATE DATABASE \"the shop\"");
            if (checksums) {
                execute(source, "the shop", "CREATE EXTENSION amcheck");
            }
            // of no consequence here, and would stop a server there
            execute(source, "postgres", "ALTER SYSTEM SET ssl_cert_file = 'no such file'");
            execute(source, "postgres", "ALTER SYSTEM SET session_preload_libraries = 'no_such_library'");
            pgbench(source, "--initialize", "--quiet");
            Path script = runner.account().writePrivate(work.resolve("script"), SCRIPT);
            system.initialise(source, site);
            pgbench(source, "--file=" + script, "--client=4", "--transactions=100");
            system.backup(source, site, BackupKind.FULL);
            for (int i = 0; i < 4; i++) {
                pgbench(source, "--file=" + script, "--client=4", "--transactions=100");
                execute(source, "postgres", "SELECT pg_switch_wal()");
            }
            awaitArchived(source);
        }
    }

    private void pgbench(PostgresCluster source, String... options) {
        Command command = Command.of(
                source.tools().tool("pgbench"),
                "--host=" + source.socket(),
                "--port=" + source.port(),
                "--username=" + PostgresCluster.USER);
        List<String> argv = new java.util.ArrayList<>(command.argv());
        argv.addAll(List.of(options));
        argv.add("the shop");
        runner.run(Command.of(argv)).orFail();
    }

    private static void awaitArchived(PostgresCluster source) throws SQLException {
        try (Connection connection = source.connect("postgres");
                Statement statement = connection.createStatement()) {
            Waiting.on("the last segment to be archived", Duration.ofMinutes(2))
                    .until(
                            () -> {
                                try (ResultSet result = statement.executeQuery(
                                        "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'")) {
                                    result.next();
                                    return result.getInt(1);
                                } catch (SQLException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            waiting -> waiting == 0);
        }
    }

    private static void execute(PostgresCluster source, String database, String sql) throws SQLException {
        try (Connection connection = source.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Path folder(Path program) {
        return Objects.requireNonNull(program.getParent());
    }

    /** Fills a store that runs: endpoint, CA file, keys file, system. */
    public static void main(String[] arguments) throws Exception {
        var keys = org.pgrehearsal.store.ExternalKeys.fromFile(Path.of(arguments[2]));
        S3Access access = new S3Access(
                java.net.URI.create(arguments[0]),
                BucketOptions.REGION,
                keys.accessKey(),
                keys.secretKey(),
                Path.of(arguments[1]));
        backUp(access, StrangersStore.BUCKET, arguments[3], Boolean.parseBoolean(arguments[4]));
    }
}
