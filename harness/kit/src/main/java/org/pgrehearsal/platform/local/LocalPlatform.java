package org.pgrehearsal.platform.local;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;

/** This machine: where clusters are made, with which tools, and by whom. */
public final class LocalPlatform {
    /** Its name in commands and reports. */
    public static final String NAME = "local";

    /** Settings that a restored cluster must share with its source, or a hot standby refuses ({@code xlogrecovery.c}). */
    private static final Map<String, String> SHARED = Map.of(
            "max_connections", "60",
            "max_prepared_transactions", "64",
            "max_worker_processes", "8",
            "max_wal_senders", "4",
            "max_locks_per_transaction", "256");

    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger clusters = new AtomicInteger();
    private final Runner runner;
    private final PostgresTools tools;
    private final Redaction redaction;
    private final String password;
    private final boolean keep;

    /**
     * The platform of one run.
     *
     * @param keep whether clusters that are closed leave their files
     */
    public LocalPlatform(Runner runner, PostgresTools tools, Redaction redaction, boolean keep) {
        this.keep = keep;
        this.runner = runner;
        this.tools = tools;
        this.redaction = redaction;
        this.password = secret("database-password");
    }

    public Runner runner() {
        return runner;
    }

    public PostgresTools tools() {
        return tools;
    }

    public Redaction redaction() {
        return redaction;
    }

    /** The work directory of the run. */
    public Path work() {
        return runner.place();
    }

    /**
     * A cluster that is not there yet, in a directory of its own, with the commands noted by the given runner. All clusters of a run have one
     * password: a restored one brings its source's along.
     */
    public PostgresCluster cluster(Runner noting) {
        return new PostgresCluster(noting, tools, work().resolve("c" + clusters.incrementAndGet()), password, keep);
    }

    /** A new directory for an engine's own files. */
    public Path engineHome() {
        return work().resolve("e" + clusters.incrementAndGet());
    }

    /** A random secret, kept out of every log from now on. */
    public String secret(String name) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String value = HexFormat.of().formatHex(bytes);
        redaction.add(name + "-" + clusters.incrementAndGet(), value);
        return value;
    }

    /** Settings of a source. */
    public static Map<String, String> sourceSettings() {
        Map<String, String> settings = new TreeMap<>(SHARED);
        settings.put("wal_level", "replica");
        settings.put("shared_buffers", "96MB");
        settings.put("max_wal_size", "8GB");
        settings.put("checkpoint_timeout", "1h");
        settings.put("wal_keep_size", "4GB");
        return settings;
    }

    /** Settings of a source while it is filled: the log holds nothing of what is loaded. */
    public static Map<String, String> loadingSettings() {
        Map<String, String> settings = sourceSettings();
        settings.put("wal_level", "minimal");
        settings.put("max_wal_senders", "0");
        settings.put("archive_mode", "off");
        settings.put("wal_keep_size", "0");
        return settings;
    }

    /** Settings of a restored cluster: readable while it waits, quiet, and away from every archive. */
    public static Map<String, String> restoredSettings() {
        Map<String, String> settings = new TreeMap<>(SHARED);
        settings.put("hot_standby", "on");
        settings.put("archive_mode", "off");
        settings.put("archive_command", "");
        settings.put("autovacuum", "off");
        settings.put("shared_buffers", "64MB");
        settings.put("checkpoint_timeout", "1h");
        settings.put("log_min_messages", "log");
        return settings;
    }
}
