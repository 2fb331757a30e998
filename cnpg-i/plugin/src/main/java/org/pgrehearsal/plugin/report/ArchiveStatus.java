package org.pgrehearsal.plugin.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.pgrehearsal.plugin.archive.ArchiveObject;
import org.pgrehearsal.plugin.backup.BackupTaker;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.PluginUse;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.Conditions;
import org.pgrehearsal.plugin.metrics.Observation;

/** The sidecar's part of an Archive's status. Each concern is a field owner of its own, so that one does not take away what another said. */
final class ArchiveStatus {
    private static final String REPOSITORY = "plugin-pgbackrest-repository";
    private static final String PROOF = "plugin-pgbackrest-proof";

    private final Api api;
    private final Clock clock;

    ArchiveStatus(Api api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    void observed(ClusterView cluster, Observation seen) {
        archive(cluster).ifPresent(archive -> {
            Conditions conditions = new Conditions(archive, clock);
            if (!seen.reachable()) {
                conditions.add(ArchiveObject.STANZA, false, "Unreadable", seen.problem());
            } else if (!seen.made()) {
                conditions.add(
                        ArchiveObject.STANZA, false, "NotMade", "it is made with the first WAL that is archived");
            } else {
                conditions.add(ArchiveObject.STANZA, true, "Made", "stanza " + seen.stanza());
            }
            long gaps = seen.repositories().stream()
                    .mapToLong(held -> held.wal().gaps())
                    .sum();
            conditions.add(
                    ArchiveObject.WHOLE,
                    gaps == 0,
                    gaps == 0 ? "NoGaps" : "Gaps",
                    gaps == 0
                            ? "no segment is missing between others of its timeline"
                            : gaps
                                    + " segments are missing between others of their timeline: recovery cannot pass them; take a full backup");
            ObjectNode patch = conditions.patch();
            ArrayNode repositories = patch.withObject("/status").putArray("repositories");
            seen.repositories().forEach(held -> repository(repositories.addObject(), held));
            if (!conditions.present() || !archive.at("/status/repositories").equals(repositories)) {
                apply(cluster, archive, REPOSITORY, patch);
            }
        });
    }

    private static void repository(ObjectNode to, Observation.Held held) {
        to.put("number", held.repository().number())
                .put("backups", held.backups().size())
                .put("backupBytes", Long.toString(held.backupBytes()))
                .put("walBytes", Long.toString(held.wal().bytes()))
                .put("missingSegments", (int) held.wal().gaps());
        if (!held.last().isEmpty()) {
            to.put("lastWal", held.last());
        }
        if (!held.backups().isEmpty()) {
            to.put("firstRecoverabilityPoint", held.backups().getFirst().stop().toString())
                    .put("lastBackup", held.backups().getLast().label())
                    .put("lastBackupTime", held.backups().getLast().stop().toString());
        }
    }

    void proven(ClusterView cluster, BackupTaker.Taken taken) {
        archive(cluster).ifPresent(archive -> {
            String message =
                    "backup " + taken.backup().label() + ": " + taken.proof().segments() + " segments of WAL and "
                            + taken.proof().files() + " files are in repo"
                            + taken.backup().repository();
            ObjectNode patch = new Conditions(archive, clock)
                    .add(ArchiveObject.PROVEN, true, "Proven", message)
                    .patch();
            patch.withObject("/status/lastProof")
                    .put("backup", taken.backup().label())
                    .put("repository", taken.backup().repository())
                    .put(
                            "time",
                            Instant.ofEpochSecond(clock.instant().getEpochSecond())
                                    .toString())
                    .put("segments", (int) taken.proof().segments())
                    .put("files", (int) taken.proof().files());
            apply(cluster, archive, PROOF, patch);
        });
    }

    /** A backup that failed is none; what was proven before stays proven. */
    void failed(ClusterView cluster, String why) {
        archive(cluster).ifPresent(archive -> {
            ObjectNode patch = new Conditions(archive, clock)
                    .add(ArchiveObject.PROVEN, false, "LastBackupFailed", why)
                    .patch();
            if (archive.at("/status/lastProof") instanceof ObjectNode before) {
                patch.withObject("/status").set("lastProof", before);
            }
            apply(cluster, archive, PROOF, patch);
        });
    }

    private Optional<JsonNode> archive(ClusterView cluster) {
        return cluster.own()
                .flatMap(PluginUse::archive)
                .flatMap(name -> api.get(ArchiveObject.KIND.named(cluster.namespace(), name)));
    }

    private void apply(ClusterView cluster, JsonNode archive, String owner, ObjectNode patch) {
        String name = archive.at("/metadata/name").asText();
        api.apply(ArchiveObject.KIND.named(cluster.namespace(), name) + "/status", owner, patch);
    }
}
