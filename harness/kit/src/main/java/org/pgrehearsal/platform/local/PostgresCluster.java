package org.pgrehearsal.platform.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Runner;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL cluster of ours: a data directory, a private socket, a free port on the loopback address and, while it runs, a process.
 *
 * <p>The settings that make it ours are given on the server's command line, so they win over whatever a backup brings along in its files.
 */
public final class PostgresCluster implements AutoCloseable {
    /** The superuser of every cluster of ours. */
    public static final String USER = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);

    /** What the server logs once it has its port (pqcomm.c), and what if somebody else has it. */
    private static final String LISTENS_LOCALLY = "listening on Unix socket";

    private static final String LISTENS = "listening on IPv4 address";

    private static final String PORT_TAKEN = "Address already in use";
    private static final int ATTEMPTS = 5;
    private static final int STATUS_LINE = 7;
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofMinutes(1);

    private final Runner runner;
    private final PostgresTools tools;
    private final Path home;
    private final Login login;
    private final boolean keep;
    private final IntSupplier ports;
    private int port;
    private @Nullable Process process;

    /**
     * A cluster that is not there yet.
     *
     * @param home     its directory: {@code data}, {@code socket} and {@code server.log} go below it
     * @param password of the superuser over TCP
     * @param keep     whether its files stay when it is closed
     */
    public PostgresCluster(Runner runner, PostgresTools tools, Path home, String password, boolean keep) {
        this(runner, tools, home, new Login(USER, password, "postgres"), keep);
    }

    /** The same with another way in. */
    public PostgresCluster(Runner runner, PostgresTools tools, Path home, Login login, boolean keep) {
        this(runner, tools, home, login, keep, PostgresCluster::freePort);
    }

    PostgresCluster(Runner runner, PostgresTools tools, Path home, Login login, boolean keep, IntSupplier ports) {
        this.keep = keep;
        this.ports = ports;
        this.runner = runner;
        this.tools = tools;
        this.home = home;
        this.login = login;
        try {
            runner.account().makePrivateDirectory(home);
            runner.account().makePrivateDirectory(socket());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the directory of a cluster: " + e.getMessage(), e);
        }
    }

    public Path data() {
        return home.resolve("data");
    }

    public Path socket() {
        return home.resolve("s");
    }

    public Path log() {
        return home.resolve("server.log");
    }

    public Path home() {
        return home;
    }

    public Login login() {
        return login;
    }

    public int port() {
        return port;
    }

    public PostgresTools tools() {
        return tools;
    }

    public Runner runner() {
        return runner;
    }

    /** Makes an empty cluster with page checksums, without waiting for the disk: no drill survives a power cut anyway. */
    public void initialise() {
        try {
            Path secret = runner.account()
                    .writePrivate(
                            home.resolve("password"), Objects.requireNonNull(login.password(), "a password") + "\n");
            runner.run(Command.of(
                            tools.tool("initdb"),
                            "--pgdata=" + data(),
                            "--username=" + USER,
                            "--pwfile=" + secret,
                            "--auth-local=trust",
                            "--auth-host=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--data-checksums",
                            "--no-sync"))
                    .orFail();
            Files.delete(secret);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare initdb: " + e.getMessage(), e);
        }
    }

    /**
     * Starts the server and returns as soon as it listens, or has ended; it may still be recovering. If its port was taken after we saw it free,
     * another one is tried.
     *
     * @param settings    configuration parameters, which win over the files
     * @param environment for the commands that the server runs, such as archive_command
     */
    public void launch(Map<String, String> settings, Map<String, String> environment) {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("the cluster in " + home + " runs already");
        }
        long before = logSize();
        for (int attempt = 1; ; attempt++) {
            port = ports.getAsInt();
            process = runner.start(Command.of(argv(settings)).with(environment).in(home), log());
            Waiting.on("the server in " + home.getFileName() + " to listen", START)
                    .until(
                            () -> !isAlive() || logFrom(before).contains(login.isLocal() ? LISTENS_LOCALLY : LISTENS),
                            done -> done);
            if (isAlive() || attempt == ATTEMPTS || !logFrom(before).contains(PORT_TAKEN)) {
                return;
            }
            LOG.info("port {} was taken before the server in {} could have it; trying another", port, home);
            // who reads the log for the reason of an end must not find this one
            cutLog(before);
        }
    }

    private List<String> argv(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("listen_addresses", login.isLocal() ? "" : "127.0.0.1");
        all.put("port", Integer.toString(port));
        all.put("unix_socket_directories", socket().toString());
        all.put("fsync", "off");
        all.put("synchronous_commit", "on");
        all.put("full_page_writes", "on");
        all.put("logging_collector", "off");
        all.put("log_destination", "stderr");
        all.put("log_line_prefix", "%m [%p] ");
        all.put("log_timezone", "UTC");
        all.put("lc_messages", "C");
        all.put("cluster_name", "rehearsal");
        all.putAll(settings);
        List<String> argv = new ArrayList<>(List.of(tools.tool("postgres").toString(), "-D", data().toString()));
        all.forEach((name, value) -> {
            argv.add("-c");
            argv.add(name + "=" + value);
        });
        return argv;
    }

    private long logSize() {
        return log().toFile().length();
    }

    private String logFrom(long position) {
        try (FileChannel file = FileChannel.open(log())) {
            return new String(Channels.newInputStream(file.position(position)).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log() + ": " + e.getMessage(), e);
        }
    }

    private void cutLog(long position) {
        try (FileChannel file = FileChannel.open(log(), StandardOpenOption.WRITE)) {
            file.truncate(position);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + log() + ": " + e.getMessage(), e);
        }
    }

    /** Starts the server and waits until it takes connections. */
    public void start(Map<String, String> settings, Map<String, String> environment) {
        launch(settings, environment);
        awaitConnection("postgres", START);
    }

    /**
     * Waits until the server takes connections.
     *
     * @throws org.pgrehearsal.await.WaitFailed if it does not in time, or if its process ends before
     */
    public void awaitConnection(String database, Duration deadline) {
        Waiting.on("the server in " + home.getFileName() + " to take connections", deadline)
                .every(Duration.ofMillis(60))
                .until(() -> tryConnection(database), "yes"::equals, _ -> whyDead());
    }

    /**
     * Whether the server takes connections, by what its postmaster wrote into its lock file (pidfile.h: LOCK_FILE_LINE_PM_STATUS): to ask for a
     * connection that is refused costs the server a process each time.
     */
    public boolean isReady() {
        try {
            List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
            return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).startsWith("ready");
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the lock file of " + home + ": " + e.getMessage(), e);
        }
    }

    /** Why the server is not running, by the last word of its log; empty while it runs. */
    public Optional<String> whyDead() {
        Process current = process;
        if (current != null && current.isAlive()) {
            return Optional.empty();
        }
        return Optional.of("the server ended: " + lastReason());
    }

    /** Whether the process is there. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    private String lastReason() {
        List<String> lines = logLines();
        for (String line : lines.reversed()) {
            if (line.contains("FATAL:") || line.contains("PANIC:")) {
                return line.substring(line.indexOf("] ") + 2);
            }
        }
        return lines.isEmpty() ? "no log" : lines.getLast();
    }

    /** The server's log so far, over all of its starts. */
    public List<String> logLines() {
        try {
            return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log() + ": " + e.getMessage(), e);
        }
    }

    private String tryConnection(String database) {
        if (!isAlive()) {
            // whoever has its port now might never answer
            return "it ended";
        }
        if (!isReady()) {
            return "it is starting up";
        }
        try (Connection connection = connect(database)) {
            return connection.isValid(1) ? "yes" : "not valid";
        } catch (PSQLException e) {
            return String.valueOf(e.getMessage());
        } catch (SQLException e) {
            return e.toString();
        }
    }

    /** A connection as the superuser. */
    public Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        if (login.password() == null) {
            properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
            properties.setProperty(
                    "socketFactoryArg", socket().resolve(".s.PGSQL." + port).toString());
        } else {
            properties.setProperty("password", login.password());
        }
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("prepareThreshold", "1");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8),
                properties);
    }

    /** Stops the server: the archiver gets its last chance first. */
    public void stop() {
        signal("INT", STOP);
    }

    /** Stops the server at once, as a crash would: nothing more is archived. */
    public void stopImmediately() {
        signal("QUIT", STOP);
    }

    private void signal(String name, Duration deadline) {
        Process current = process;
        if (current == null || !current.isAlive()) {
            return;
        }
        runner.run(Command.of("kill", "-s", name, current.pid()));
        Waiting.on("the server in " + home.getFileName() + " to stop", deadline)
                .until(current::isAlive, alive -> !alive);
    }

    /** Stops the server at once and removes its files, unless they are to stay: a run restores more than a disk may hold. */
    @Override
    public void close() {
        stopImmediately();
        if (!keep) {
            runner.run(Command.of("rm", "-rf", "--", data()).within(STOP)).orFail();
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address: " + e.getMessage(), e);
        }
    }
}
