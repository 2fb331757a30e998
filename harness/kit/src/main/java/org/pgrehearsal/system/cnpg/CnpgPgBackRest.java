package org.pgrehearsal.system.cnpg;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.Capability;
import org.pgrehearsal.system.pgbackrest.PgBackRestLayout;
import org.pgrehearsal.system.pgbackrest.StanzaIndex;

/** CloudNativePG with the pgBackRest plugin of this repository. */
public final class CnpgPgBackRest implements CnpgSystem {
    /** Its name in commands and reports. */
    public static final String NAME = "cnpg-pgbackrest";

    private static final Duration SCHEDULING = Duration.ofMinutes(2);

    /** The name of the Archive that a Cluster writes, in the component's own words. */
    private static final String OWN = "\\$\\{APP\\}-v\\$\\{GENERATION:=1\\}";

    private static final Component COMPONENT = new Component(
            "kubernetes/components/cnpg-backup-pgbackrest",
            "cnpg-backup-pgbackrest-s3",
            List.of("""
                    target:
                      kind: Archive
                    patch: |-
                      - op: add
                        path: /spec/repositories/0/caSecret
                        value: store-ca
                      # a store that does not answer must not hold a drill up for minutes
                      - op: add
                        path: /spec/ioTimeoutSeconds
                        value: 15
                    """),
            List.of("""
                    target:
                      kind: Archive
                      name: %s
                    patch: |-
                      - op: remove
                        path: /spec/repositories/0/schedules
                    """.formatted(OWN)),
            List.of(Component.NO_PLUGINS, """
                    target:
                      kind: Archive
                      name: %s
                    patch: |-
                      $patch: delete
                      apiVersion: pgbackrest.pgrehearsal.org/v1alpha1
                      kind: Archive
                      metadata:
                        name: _
                    """.formatted(OWN)));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Capability, String> lacks() {
        return Map.of(
                Capability.SPOOL, "the plugin empties its spool at each start, and it dies with its pod",
                Capability.LOGICAL, "pgBackRest copies files, not rows",
                Capability.STANDBY,
                        "the plugin refuses it with a sentence: pgBackRest would have to reach the primary's files from the standby",
                Capability.WINDOW,
                        "pgBackRest lets backups expire when the next one ends, and no drill lets it happen yet",
                Capability.REPLICA,
                        "the component cnpg-standby follows an ObjectStore, and there is none yet for an Archive",
                Capability.GITOPS, "its restore from Git has no playbook yet that a drill could run",
                Capability.FORK,
                        "the plugin lets a restored cluster archive only to an empty place, so no archive of its holds two branches");
    }

    @Override
    public ArchiveLayout layout() {
        return new PgBackRestLayout();
    }

    @Override
    public String plugin() {
        return "pgbackrest.pgrehearsal.org";
    }

    @Override
    public String sidecar() {
        return "plugin-pgbackrest";
    }

    @Override
    public Component component() {
        return COMPONENT;
    }

    @Override
    public String prefix() {
        return Origin.PLACE + "-pgbackrest/";
    }

    @Override
    public String uploads() {
        return "/backup/";
    }

    @Override
    public Map<String, String> parameters(BackupKind kind) {
        return Map.of(
                "type",
                switch (kind) {
                    case FULL -> "full";
                    case DIFFERENTIAL -> "diff";
                    case INCREMENTAL -> "incr";
                });
    }

    @Override
    public Backup.Physical describe(GenericKubernetesResource completed, Bucket bucket, Instant started) {
        String stanza = Cnpg.text(completed, "status", "pluginMetadata", "stanza");
        StanzaIndex.Entry entry = StanzaIndex.parse(new String(bucket.read("backup/" + stanza + "/backup.info"), UTF_8))
                .entry(Cnpg.text(completed, "status", "backupId"));
        return new Backup.Physical(
                entry.label(),
                entry.kind(),
                entry.timeline(),
                entry.start(),
                entry.stop(),
                started,
                Duration.between(started, Instant.now()));
    }

    /** The plugin makes one of what the Archive says. */
    @Override
    public String beginSchedule(CnpgDatabase database) {
        database.place()
                .patch(
                        Cnpg.ARCHIVE,
                        Origin.archive(1),
                        "[{\"op\":\"add\",\"path\":\"/spec/repositories/0/schedules\",\"value\":{\"full\":\"0 * * * * *\"}}]");
        String schedule = database.name() + "-repo1-full";
        Waiting.on("the plugin to make the ScheduledBackup " + schedule, SCHEDULING)
                .every(Duration.ofMillis(500))
                .until(
                        () -> database.place()
                                .find(Cnpg.SCHEDULED_BACKUP, schedule)
                                .isPresent(),
                        there -> there);
        return schedule;
    }
}
