package org.pgrehearsal.plugin.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.Program;
import org.pgrehearsal.platform.Toolbox;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.platform.local.PostgresTools;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;
import org.pgrehearsal.store.S3Access;

/** A place on this machine where the plugin runs as it does in a pod: as a process, beside a real server, with a repository in a directory. */
public final class Rig implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofMinutes(1);
    public static final String POD = "demo-1";
    /** One for all: a restored cluster has that of its source. */
    private static final String PASSWORD = "rig-" + UUID.randomUUID();

    private final Path work;
    private final Janitor janitor;
    private final Runner runner;
    private final Deque<Runnable> open = new ArrayDeque<>();

    public Rig() throws IOException {
        work = Path.of(
                System.getProperty("java.io.tmpdir"),
                "plug-" + UUID.randomUUID().toString().substring(0, 6));
        janitor = Janitor.watch(work, UUID.randomUUID().toString(), false);
        runner = new Runner(
                Account.unprivileged(),
                work,
                janitor,
                new Transcript(Path.of("target", "rig-commands.log"), new Redaction()));
        for (String directory : List.of("repo", "secrets", "lib")) {
            runner.account().makePrivateDirectory(work.resolve(directory));
        }
        copyJars(Path.of("target"), work.resolve("lib"));
        copyJars(Path.of("target/lib"), work.resolve("lib"));
    }

    /** To where the unprivileged user can read them. */
    private static void copyJars(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Path copy = to.resolve(String.valueOf(jar.getFileName()));
                Files.copy(jar, copy);
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
    }

    public Path work() {
        return work;
    }

    public Path repository() {
        return work.resolve("repo");
    }

    public Runner runner() {
        return runner;
    }

    /** The parameters of an archive in our repository. */
    public Map<String, String> parameters(String stanza) {
        return new TreeMap<>(Map.of(
                "type",
                "posix",
                "path",
                repository().toString(),
                "claim",
                "backups",
                "stanza",
                stanza,
                "io-timeout",
                "5",
                "process-max",
                "2"));
    }

    /** A key in a Secret. */
    public void secret(String secret, String key, String value) throws IOException {
        runner.account().makePrivateDirectory(work.resolve("secrets").resolve(secret));
        runner.account().writePrivate(work.resolve("secrets").resolve(secret).resolve(key), value);
    }

    /** A cluster that is not there yet. */
    public PostgresCluster cluster(String name) {
        PostgresCluster cluster = new PostgresCluster(
                runner,
                new PostgresTools(Objects.requireNonNull(
                        Toolbox.ofThisMachine().require(Program.INITDB).getParent())),
                work.resolve(name),
                PASSWORD,
                true);
        open.push(cluster::close);
        return cluster;
    }

    /** A running cluster that archives through a manager. */
    public PostgresCluster source(String name, Manager manager) {
        PostgresCluster cluster = cluster(name);
        cluster.initialise();
        start(cluster, manager);
        return cluster;
    }

    public void start(PostgresCluster cluster, Manager manager) {
        cluster.start(
                Map.of(
                        "archive_mode",
                        "on",
                        "archive_command",
                        manager.archiveCommand(cluster),
                        "max_wal_senders",
                        "3"),
                Map.of());
    }

    /** What stands between PostgreSQL and the plugin. */
    public Manager manager() throws IOException {
        Manager manager = new Manager();
        open.push(manager::close);
        return manager;
    }

    /** The plugin beside a cluster. */
    public Sidecar sidecar(String mode, PostgresCluster cluster, int port) throws IOException {
        Sidecar sidecar = new Sidecar(this, mode, cluster, port);
        open.push(sidecar::close);
        return sidecar;
    }

    /** The control of a cluster that is not running: its system identifier. */
    public String systemIdentifier(PostgresCluster cluster) {
        return runner.run(Command.of(cluster.tools().tool("pg_controldata"), cluster.data()))
                .orFail()
                .out()
                .lines()
                .filter(line -> line.startsWith("Database system identifier"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElseThrow();
    }

    /** The parameters of an archive in a store of this machine, whose keys and authority are in the Secrets store-keys and store-ca. */
    public static Map<String, String> s3(S3Access access, String stanza) {
        return Map.of(
                "stanza", stanza,
                "s3-bucket", "backups",
                "s3-endpoint", "localhost",
                "s3-region", access.region(),
                "s3-repo-path", "/demo",
                "s3-uri-style", "path",
                "storage-port", Integer.toString(access.port()),
                "secret", "store-keys",
                "ca-secret", "store-ca");
    }

    public static void execute(PostgresCluster cluster, String... statements) throws SQLException {
        try (Connection connection = cluster.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public static String text(PostgresCluster cluster, String sql) throws SQLException {
        try (Connection connection = cluster.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    /** One row and one segment for each number, each row in the log before its segment ends. */
    public static void rows(PostgresCluster cluster, int from, int to) throws SQLException {
        execute(cluster, "CREATE TABLE IF NOT EXISTS ledger (number int)");
        for (int number = from; number <= to; number++) {
            execute(cluster, "INSERT INTO ledger VALUES (" + number + ")", "SELECT pg_switch_wal()");
        }
    }

    public static String rows(PostgresCluster cluster) throws SQLException {
        return text(cluster, "SELECT string_agg(number::text, ' ' ORDER BY number) FROM ledger");
    }

    /** Waits until everything before now is archived, and says what the last segment was. */
    public static String archived(PostgresCluster cluster) throws SQLException {
        String last = text(cluster, "SELECT pg_walfile_name(pg_switch_wal())");
        Waiting.on(last + " to be archived", PATIENCE)
                .until(
                        () -> observe(cluster, "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver"),
                        done -> done.compareTo(last) >= 0);
        return last;
    }

    public static String observe(PostgresCluster cluster, String sql) {
        try {
            return text(cluster, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The segments that the repository really holds. */
    public List<String> stored(String stanza) throws IOException {
        Path archive = repository().resolve("archive").resolve(stanza);
        try (Stream<Path> all = Files.exists(archive) ? Files.walk(archive) : Stream.empty()) {
            return all.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("[0-9A-F]{24}-.*"))
                    .map(name -> name.substring(0, 24))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        open.forEach(Runnable::run);
        janitor.close();
    }
}
