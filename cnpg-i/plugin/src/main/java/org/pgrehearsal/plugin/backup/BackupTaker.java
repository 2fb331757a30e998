package org.pgrehearsal.plugin.backup;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.pgrehearsal.plugin.Archives;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.pgbackrest.BackupProof;
import org.pgrehearsal.plugin.pgbackrest.PgBackRest;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;
import org.pgrehearsal.plugin.pgbackrest.Stanza;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a backup and does not call it one before it is proven. */
public final class BackupTaker {
    private static final Logger LOG = LoggerFactory.getLogger(BackupTaker.class);
    private static final List<String> TYPES = List.of("full", "diff", "incr");
    private static final Set<String> PARAMETERS = Set.of("type", "repo");
    /** A backup takes what it takes; it ends with the call. */
    private static final Duration PATIENCE = Duration.ofDays(7);

    private static final String ANNOTATION = "cnpg-backup";

    private final Archives archives;
    private final Stanza stanza;

    BackupTaker(Archives archives, Stanza stanza) {
        this.archives = archives;
        this.stanza = stanza;
    }

    /** A backup and what was found of it. */
    public record Taken(
            String stanza,
            String place,
            RepositoryInfo.Backup backup,
            RepositoryInfo.Database database,
            BackupProof proof) {}

    Taken take(ClusterView cluster, JsonNode object, Map<String, String> parameters) {
        PgBackRest archive = archives.own(cluster);
        int repository = repository(archive, parameters);
        String type = type(parameters);
        requirePrimary(cluster);
        stanza.ensure(archive, archives.data(), cluster.uid());
        String id = object.at("/metadata/uid").asText(UUID.randomUUID().toString());
        archive.run(
                PATIENCE,
                "backup",
                "--repo=" + repository,
                "--type=" + type,
                // pgBackRest would look for itself in archive_command; the proof below does what its check is for
                "--no-archive-check",
                "--annotation=" + ANNOTATION + "=" + id,
                "--annotation=" + Stanza.CLUSTER_UID + "=" + cluster.uid());
        RepositoryInfo info = RepositoryInfo.of(archive).orUnreadable();
        RepositoryInfo.Backup backup = info.annotated(ANNOTATION, id)
                .orElseThrow(() -> Refusal.dataLoss("pgbackrest backup ended well, but the repository does not list it"
                        + ": was it expired by another process?"));
        if (backup.error()) {
            throw Refusal.dataLoss("backup " + backup.label()
                    + " holds pages with wrong checksums: the database itself is damaged, see pgbackrest info --set="
                    + backup.label());
        }
        long size = archives.data()
                .segmentSize()
                .orElseThrow(() -> Refusal.unavailable("pg_wal holds no segment to take its size from"));
        BackupProof proof = BackupProof.of(archive, info, backup, size);
        LOG.atInfo()
                .addKeyValue("label", backup.label())
                .addKeyValue("segments", proof.segments())
                .addKeyValue("files", proof.files())
                .log("a backup is complete and its WAL is in the repository");
        return new Taken(
                archive.settings().stanza(),
                archive.settings().repository(repository).place(),
                backup,
                info.current(repository).orElseThrow(),
                proof);
    }

    private void requirePrimary(ClusterView cluster) {
        if (!cluster.currentPrimary().equals(archives.pod())) {
            throw Refusal.precondition("backups are taken on the primary, " + cluster.currentPrimary()
                    + ", and this is " + archives.pod()
                    + ": set target: primary in the Backup, in the ScheduledBackup, or in the Cluster's spec.backup");
        }
    }

    private static String type(Map<String, String> parameters) {
        parameters.keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.badRequest("pluginConfiguration.parameters." + name
                            + " is not a parameter of a backup: those are "
                            + String.join(", ", new TreeMap<>(Map.of("type", "", "repo", "")).keySet()));
                });
        String type = parameters.getOrDefault("type", "full");
        if (!TYPES.contains(type)) {
            throw Refusal.badRequest("pluginConfiguration.parameters.type must be one of " + String.join(", ", TYPES)
                    + ", not '" + type + "'");
        }
        return type;
    }

    private static int repository(PgBackRest archive, Map<String, String> parameters) {
        String wanted = parameters.getOrDefault("repo", "1");
        return archive.settings().repositories().stream()
                .map(repository -> Integer.toString(repository.number()))
                .filter(number -> Objects.equals(number, wanted))
                .map(Integer::valueOf)
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest("pluginConfiguration.parameters.repo is '" + wanted
                        + "', but the cluster has no repo" + wanted));
    }
}
