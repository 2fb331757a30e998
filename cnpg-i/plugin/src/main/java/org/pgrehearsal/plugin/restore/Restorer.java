package org.pgrehearsal.plugin.restore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pgrehearsal.plugin.Archives;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.PluginUse;
import org.pgrehearsal.plugin.pgbackrest.PgBackRest;
import org.pgrehearsal.plugin.pgbackrest.Place;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;
import org.pgrehearsal.plugin.wal.EmptyArchive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores a data directory and leaves the start of recovery to CloudNativePG. */
final class Restorer {
    private static final Logger LOG = LoggerFactory.getLogger(Restorer.class);
    private static final Duration PATIENCE = Duration.ofDays(7);
    private static final List<String> NOT_KEPT = List.of("restore_command", "recovery_", "archive_cleanup_command");

    private final Archives archives;

    Restorer(Archives archives) {
        this.archives = archives;
    }

    /**
     * Restores.
     *
     * @param checkEmpty whether the archive that the new cluster will write must be empty
     * @return the configuration that recovery needs
     */
    String restore(ClusterView cluster, boolean checkEmpty) {
        PluginUse use = cluster.recoverySource()
                .orElseThrow(() -> Refusal.precondition("bootstrap.recovery.source of Cluster " + cluster.name()
                        + " names no external cluster with an enabled entry of this plugin"));
        PgBackRest source = archives.source(use);
        if (checkEmpty) {
            archives.future(cluster)
                    .ifPresent(own ->
                            EmptyArchive.require(own, RepositoryInfo.of(own).orUnreadable(), ""));
        }
        RepositoryInfo info = RepositoryInfo.of(source).orUnreadable();
        RepositoryInfo.Backup backup = BackupChoice.choose(
                info, cluster.recoveryTarget(), source.settings().stanza());
        Place place = archives.place();
        List<String> words = new ArrayList<>(List.of(
                "restore",
                "--repo=" + backup.repository(),
                "--set=" + backup.label(),
                // CloudNativePG writes the target and the signal file itself; "preserve" would lose
                // postgresql.auto.conf
                "--type=none"));
        if (cluster.hasWalStorage()) {
            words.add("--link-map=pg_wal=" + place.pgWal());
        }
        prepare(place, cluster.hasWalStorage());
        LOG.info(
                "restoring backup {} of stanza {}",
                backup.label(),
                source.settings().stanza());
        source.run(PATIENCE, words.toArray(String[]::new));
        deleteSignal(place.pgData().resolve("recovery.signal"));
        cleanSettings(place.pgData().resolve("postgresql.auto.conf"));
        return RecoveryCommand.configuration(place);
    }

    private static void prepare(Place place, boolean walStorage) {
        try {
            makePrivate(place.pgData());
            if (walStorage) {
                makePrivate(place.pgWal());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + place.pgData() + ": " + e, e);
        }
    }

    private static void makePrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private static void deleteSignal(Path signal) {
        try {
            Files.deleteIfExists(signal);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + signal + ": " + e, e);
        }
    }

    /** What an earlier recovery left in the source's own settings would be obeyed here. */
    private static void cleanSettings(Path file) {
        try {
            if (Files.exists(file)) {
                List<String> kept = Files.readAllLines(file).stream()
                        .filter(line -> NOT_KEPT.stream().noneMatch(line.strip().toLowerCase(Locale.ROOT)::startsWith))
                        .toList();
                Files.write(file, kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean " + file + ": " + e, e);
        }
    }
}
