package org.pgrehearsal.system.pgbackrest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Finished;
import org.pgrehearsal.process.Runner;
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
import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.target.TargetAction;
import org.pgrehearsal.target.TargetTimeline;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

/**
 * pgBackRest by exec, with its repository in S3.
 *
 * <p>Credentials are in the configuration file, which only the database's account can read: pgBackRest refuses them on the command line.
 */
public final class PgBackRest implements PhysicalSystem {
    /** Its name in commands and reports. */
    public static final String NAME = "pgbackrest";

    private static final Terms DRILL = Terms.ofDrills(Duration.ofSeconds(2));
    private static final JsonMapper JSON = new JsonMapper();

    private final Path program;
    private final boolean async;
    private final Terms terms;

    /**
     * @param program the executable
     * @param async   whether to archive in the background, through a spool
     */
    public PgBackRest(Path program, boolean async) {
        this(program, async, DRILL);
    }

    /** The same on other terms. */
    public PgBackRest(Path program, boolean async, Terms terms) {
        this.program = program;
        this.async = async;
        this.terms = terms;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Capability, String> lacks() {
        return Map.of(Capability.LOGICAL, "pgBackRest copies files, not rows");
    }

    @Override
    public ServerConfig archiving(PostgresCluster source, Site site) {
        writeConfig(source, site);
        return new ServerConfig(
                Map.of("archive_mode", "on", "archive_command", program + " " + common(site) + " archive-push %p"),
                Map.of());
    }

    @Override
    public void initialise(PostgresCluster source, Site site) {
        // the port is known only now that the server runs
        writeConfig(source, site);
        run(source, site, List.of("stanza-create"), Duration.ofMinutes(2)).orFail();
    }

    @Override
    public Backup backup(PostgresCluster source, Site site, BackupKind kind) {
        Instant started = Instant.now();
        String type = switch (kind) {
            case FULL -> "full";
            case DIFFERENTIAL -> "diff";
            case INCREMENTAL -> "incr";
        };
        // a store that puts a large object together may take long on a busy machine, and bears no second request for
        // the same
        run(source, site, List.of("--type=" + type, "--io-timeout=30", "backup"), terms.deadline())
                .orFail();
        Duration took = Duration.between(started, Instant.now());
        JsonNode newest = newestBackup(source, site);
        return new Backup.Physical(
                newest.path("label").asText(),
                kind,
                new TimelineId(Integer.parseUnsignedInt(
                        newest.path("archive").path("start").asText().substring(0, 8), 16)),
                Lsn.parse(newest.path("lsn").path("start").asText()),
                Lsn.parse(newest.path("lsn").path("stop").asText()),
                started,
                took);
    }

    private JsonNode newestBackup(PostgresCluster source, Site site) {
        JsonNode backups = info(source.runner(), site).path("backup");
        if (backups.isEmpty()) {
            throw new IllegalStateException("pgbackrest info shows no backup after one was taken");
        }
        return backups.path(backups.size() - 1);
    }

    /** What pgBackRest says about the stanza. */
    private JsonNode info(Runner runner, Site site) {
        Finished info = run(runner, site, List.of("--output=json", "info"), Duration.ofMinutes(2));
        if (!info.succeeded()) {
            throw new IllegalStateException("pgbackrest cannot read the repository: " + reason(info));
        }
        try {
            return JSON.readTree(info.out()).path(0);
        } catch (IOException e) {
            throw new UncheckedIOException("pgbackrest info did not print JSON: " + e.getMessage(), e);
        }
    }

    @Override
    public List<KeptBackup> backups(Runner runner, Site site) {
        writeConfig(runner, site, "");
        JsonNode info = info(runner, site);
        if (info.path("backup").isEmpty()) {
            throw new IllegalStateException("no backup of stanza " + terms.server() + " in s3://"
                    + site.bucket().name() + "/" + site.bucket().prefix() + ": "
                    + info.path("status").path("message").asText("pgbackrest says nothing about it")
                    + "; check --path and --stanza");
        }
        return StanzaInfo.backups(terms.server(), info);
    }

    @Override
    public ArchiveLayout layout() {
        return new PgBackRestLayout();
    }

    @Override
    public Restoration restore(PostgresCluster target, Site site, RestoreOrder order) {
        writeConfig(target, site);
        Path tablespaces = target.home().resolve("tablespaces");
        try {
            target.runner().account().makePrivateDirectory(target.data());
            target.runner().account().makePrivateDirectory(tablespaces);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data directory: " + e.getMessage(), e);
        }
        List<String> arguments = new ArrayList<>(List.of(
                "--set=" + order.backup().label(),
                "--archive-mode=off",
                // never where the source has them
                "--tablespace-map-all=" + tablespaces));
        arguments.addAll(targetArguments(order.target()));
        if (!(order.target() instanceof RecoveryTarget.Immediate)) {
            // pgBackRest takes no timeline for it: the backup's own is meant
            arguments.add("--target-timeline=" + order.timeline().setting());
        }
        if (!(order.target() instanceof RecoveryTarget.Latest)) {
            arguments.add("--target-action=" + order.action().setting());
        }
        arguments.add("restore");
        Finished restored = run(target, site, arguments, terms.deadline());
        if (!restored.succeeded()) {
            return new Restoration.Refused(restored.exit(), reason(restored));
        }
        return new Restoration.Ready(ServerConfig.none());
    }

    private static List<String> targetArguments(RecoveryTarget target) {
        return switch (target) {
            case RecoveryTarget.Latest _ -> List.of("--type=default");
            case RecoveryTarget.Immediate _ -> List.of("--type=immediate");
            case RecoveryTarget.Time time -> pointed("time", target, "recovery_target_time", time.inclusive());
            case RecoveryTarget.AtLsn lsn -> pointed("lsn", target, "recovery_target_lsn", lsn.inclusive());
            case RecoveryTarget.Xid xid -> pointed("xid", target, "recovery_target_xid", xid.inclusive());
            case RecoveryTarget.Name name -> List.of("--type=name", "--target=" + name.name());
        };
    }

    private static List<String> pointed(String type, RecoveryTarget target, String setting, boolean inclusive) {
        String value =
                target.settings(new TargetTimeline.Latest(), TargetAction.PAUSE).get(setting);
        List<String> arguments = new ArrayList<>(List.of("--type=" + type, "--target=" + value));
        if (!inclusive) {
            arguments.add("--target-exclusive");
        }
        return arguments;
    }

    /** The first line that begins with ERROR; the rest of the output only explains it. */
    private static String reason(Finished finished) {
        return (finished.out() + finished.err())
                .lines()
                .filter(line -> line.contains("ERROR:"))
                .map(line -> line.substring(line.indexOf("ERROR:")))
                .findFirst()
                .orElse(finished.lastWords());
    }

    private Finished run(PostgresCluster cluster, Site site, List<String> arguments, Duration deadline) {
        return run(cluster.runner(), site, arguments, deadline);
    }

    private Finished run(Runner runner, Site site, List<String> arguments, Duration deadline) {
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(List.of(common(site).split(" ")));
        argv.addAll(arguments);
        return runner.run(Command.of(argv).in(site.home()).within(deadline));
    }

    private String common(Site site) {
        return "--config=" + config(site) + " --stanza=" + terms.server();
    }

    private static String withoutSlash(String prefix) {
        return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    }

    private static Path config(Site site) {
        return site.home().resolve("pgbackrest.conf");
    }

    private void writeConfig(PostgresCluster cluster, Site site) {
        writeConfig(cluster.runner(), site, """
                [%s]
                pg1-path=%s
                pg1-socket-path=%s
                pg1-port=%d
                pg1-user=%s
                """.formatted(
                terms.server(), cluster.data(), cluster.socket(), Math.max(1, cluster.port()), PostgresCluster.USER));
    }

    private void writeConfig(Runner runner, Site site, String stanza) {
        Path home = site.home();
        String text = """
                [global]
                repo1-type=s3
                repo1-path=/%s
                repo1-s3-bucket=%s
                repo1-s3-endpoint=%s
                repo1-s3-region=%s
                repo1-s3-uri-style=path
                repo1-s3-key=%s
                repo1-s3-key-secret=%s
                repo1-storage-port=%d
                %s
                repo1-retention-full=99
                # a cluster has a thousand small files, and each object costs a request
                repo1-bundle=y
                compress-type=lz4
                process-max=2
                start-fast=y
                archive-async=%s
                spool-path=%s
                lock-path=%s
                log-path=%s
                log-level-console=error
                log-level-file=off
                log-timestamp=n
                # a store that does not answer must not hold a drill up for minutes
                io-timeout=%d
                db-timeout=60
                protocol-timeout=70

                %s""".formatted(
                        withoutSlash(site.bucket().prefix()),
                        site.bucket().name(),
                        site.access().endpoint().getHost(),
                        site.access().region(),
                        site.access().accessKey(),
                        site.access().secretKey(),
                        site.access().port(),
                        site.access().caCertificate() == null
                                ? ""
                                : "repo1-storage-ca-file=" + site.access().caCertificate(),
                        async ? "y" : "n",
                        home.resolve("spool"),
                        home.resolve("lock"),
                        home.resolve("log"),
                        terms.silence().toSeconds(),
                        stanza);
        try {
            runner.account().makePrivateDirectory(home);
            for (String directory : List.of("spool", "lock", "log")) {
                runner.account().makePrivateDirectory(home.resolve(directory));
            }
            runner.account().writePrivate(config(site), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write pgBackRest's configuration: " + e.getMessage(), e);
        }
    }
}
