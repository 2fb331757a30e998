package org.pgrehearsal.system.barman;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Finished;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.Capability;
import org.pgrehearsal.system.KeptBackup;
import org.pgrehearsal.system.PhysicalSystem;
import org.pgrehearsal.system.Restoration;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.ServerConfig;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.system.Terms;

/**
 * barman-cloud by exec: backups as tar files that are not compressed, the log in gzip.
 */
public final class BarmanCloud implements PhysicalSystem {
    /** Its name in commands and reports. */
    public static final String NAME = "barman-cloud";

    /** The path of a socket has at most 107 bytes, of which Python takes 61 for names of its own. */
    private static final int LONGEST_TEMPORARY = 46;

    private final BarmanCommands commands;
    private final Terms terms;

    /**
     * @param bin the directory with {@code barman-cloud-backup} and the others; the account that runs PostgreSQL must be able to read it
     */
    public BarmanCloud(Path bin) {
        this(bin, BarmanCommands.DRILL);
    }

    /** The same on other terms. */
    public BarmanCloud(Path bin, Terms terms) {
        this.commands = new BarmanCommands(bin, terms);
        this.terms = terms;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Capability, String> lacks() {
        return Map.of(
                Capability.INCREMENTAL, "barman-cloud-backup copies everything each time",
                Capability.SPOOL, "barman-cloud-wal-archive answers only when the segment is stored",
                Capability.INDEX, "barman-cloud keeps no index: it lists the bucket, and each backup describes itself",
                Capability.LOGICAL, "barman-cloud copies files, not rows");
    }

    @Override
    public ServerConfig archiving(PostgresCluster source, Site site) {
        makeDirectories(source, site);
        return new ServerConfig(
                Map.of("archive_mode", "on", "archive_command", commands.archiveCommand(site)),
                commands.environment(site));
    }

    @Override
    public void initialise(PostgresCluster source, Site site) {
        makeDirectories(source, site);
        run(source, site, "barman-cloud-backup-list", List.of("--test"), Duration.ofMinutes(1))
                .orFail();
    }

    @Override
    public Backup backup(PostgresCluster source, Site site, BackupKind kind) {
        if (kind != BackupKind.FULL) {
            throw new IllegalArgumentException(lacks().get(Capability.INCREMENTAL));
        }
        Instant started = Instant.now();
        List<String> options = List.of(
                "--immediate-checkpoint",
                // costs less than to carry what it saves
                "--lz4",
                // in place of the short one: a store that puts a large object together may take long on a busy machine
                "--read-timeout=30",
                "--host=" + source.socket(),
                "--port=" + source.port(),
                "--user=" + PostgresCluster.USER);
        source.runner()
                .run(Command.of(commands.line("barman-cloud-backup", site, options))
                        .with(commands.environment(site))
                        .with(Map.of("TMPDIR", temporary(source).toString()))
                        .in(site.home())
                        .within(terms.deadline()))
                .orFail();
        Duration took = Duration.between(started, Instant.now());
        BackupInfo info = newest(site);
        return new Backup.Physical(info.label(), kind, info.timeline(), info.start(), info.stop(), started, took);
    }

    private BackupInfo newest(Site site) {
        String key = descriptions(site)
                .max(String::compareTo)
                .orElseThrow(() ->
                        new IllegalStateException("barman-cloud-backup said it was done, and left no backup.info"));
        return description(site, key);
    }

    private Stream<String> descriptions(Site site) {
        return site.bucket().list(terms.server() + "/base/").stream()
                .map(StoredObject::key)
                .filter(name -> name.endsWith("/backup.info"));
    }

    private static BackupInfo description(Site site, String key) {
        return BackupInfo.parse(key.split("/")[2], new String(site.bucket().read(key), UTF_8));
    }

    @Override
    public List<KeptBackup> backups(Runner runner, Site site) {
        List<KeptBackup> backups = new ArrayList<>();
        for (String key : descriptions(site).sorted().toList()) {
            String text = new String(site.bucket().read(key), UTF_8);
            if (BackupInfo.isDone(text)) {
                backups.add(BackupInfo.kept(key.split("/")[2], terms.server(), text));
            }
        }
        if (backups.isEmpty()) {
            throw new IllegalStateException("no complete backup of server " + terms.server() + " in s3://"
                    + site.bucket().name() + "/" + site.bucket().prefix() + "; check --path and --server");
        }
        return backups;
    }

    @Override
    public ArchiveLayout layout() {
        return new BarmanLayout();
    }

    @Override
    public Restoration restore(PostgresCluster target, Site site, RestoreOrder order) {
        Path spool = target.home().resolve("spool");
        Account account = target.runner().account();
        makeDirectories(target, site);
        try {
            account.makePrivateDirectory(target.data());
            account.makePrivateDirectory(spool);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data directory: " + e.getMessage(), e);
        }
        Finished restored = run(
                target,
                site,
                "barman-cloud-restore",
                elsewhere(target, site, order.backup().label()),
                terms.deadline(),
                order.backup().label(),
                target.data().toString());
        if (!restored.succeeded()) {
            return new Restoration.Refused(restored.exit(), reason(restored));
        }
        try {
            account.writePrivate(target.data().resolve("recovery.signal"), "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write recovery.signal: " + e.getMessage(), e);
        }
        Map<String, String> settings = new LinkedHashMap<>(order.target().settings(order.timeline(), order.action()));
        settings.put("restore_command", commands.restoreCommand(site, spool));
        return new Restoration.Ready(new ServerConfig(settings, commands.environment(site)));
    }

    /** Tablespaces go below the target's own directory, never where the source has them. */
    private List<String> elsewhere(PostgresCluster target, Site site, String label) {
        String key = BarmanLayout.description(terms.server(), label);
        if (!site.bucket().contains(key)) {
            // barman says so itself
            return List.of();
        }
        List<String> options = new ArrayList<>();
        for (String tablespace : BackupInfo.tablespaces(new String(site.bucket().read(key), UTF_8))) {
            options.add("--tablespace");
            options.add(tablespace + ":" + target.home().resolve("tablespaces").resolve(tablespace));
        }
        return options;
    }

    /** The first line that is an error; the lines after it only wrap it. */
    static String reason(Finished finished) {
        return finished.err()
                .lines()
                .filter(line -> line.contains("ERROR: "))
                .map(line -> line.substring(line.indexOf("ERROR: ") + "ERROR: ".length()))
                .findFirst()
                .orElse(finished.lastWords());
    }

    private Finished run(
            PostgresCluster cluster,
            Site site,
            String program,
            List<String> options,
            Duration deadline,
            String... arguments) {
        return cluster.runner()
                .run(Command.of(commands.line(program, site, options, arguments))
                        .with(commands.environment(site))
                        .in(site.home())
                        .within(deadline));
    }

    /**
     * Where the parts of an upload wait, and a socket through which the program's processes talk, deep below: straight in the run's work
     * directory, because the path of a socket is short, and what a killed program leaves there goes with it.
     */
    private static Path temporary(PostgresCluster source) {
        Path place = source.runner().place().resolve("t");
        if (place.toString().length() > LONGEST_TEMPORARY) {
            throw new IllegalStateException("barman-cloud needs a work directory of at most "
                    + (LONGEST_TEMPORARY - 2) + " characters, and this has more: "
                    + source.runner().place());
        }
        try {
            return source.runner().account().makePrivateDirectory(place);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make barman-cloud's directory: " + e.getMessage(), e);
        }
    }

    private static void makeDirectories(PostgresCluster cluster, Site site) {
        try {
            cluster.runner().account().makePrivateDirectory(site.home());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make barman-cloud's directories: " + e.getMessage(), e);
        }
    }
}
