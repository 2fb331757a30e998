package org.pgrehearsal.system.cnpg;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.Capability;
import org.pgrehearsal.system.barman.BackupInfo;
import org.pgrehearsal.system.barman.BarmanLayout;

/** CloudNativePG with plugin-barman-cloud. */
public final class CnpgBarman implements CnpgSystem {
    /** Its name in commands and reports. */
    public static final String NAME = "cnpg-barman";

    private static final Component COMPONENT = new Component(
            "kubernetes/components/cnpg-backup",
            "cnpg-backup-s3",
            List.of("""
                    target:
                      kind: ObjectStore
                    patch: |-
                      - op: add
                        path: /spec/configuration/endpointCA
                        value:
                          name: store-ca
                          key: ca.crt
                    """),
            List.of("""
                    target:
                      kind: ScheduledBackup
                    patch: |-
                      - op: add
                        path: /spec/suspend
                        value: true
                    """),
            List.of(Component.NO_PLUGINS, """
                    target:
                      kind: ScheduledBackup
                    patch: |-
                      $patch: delete
                      apiVersion: postgresql.cnpg.io/v1
                      kind: ScheduledBackup
                      metadata:
                        name: _
                    """));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Capability, String> lacks() {
        return Map.of(
                Capability.INCREMENTAL, "barman-cloud-backup copies everything each time",
                Capability.SPOOL, "the plugin's spool lives and dies with its pod",
                Capability.INDEX, "barman-cloud keeps no index: it lists the bucket, and each backup describes itself",
                Capability.LOGICAL, "barman-cloud copies files, not rows",
                Capability.FORK,
                        "the operator lets a restored cluster archive only to an empty place, so no archive of its holds two branches");
    }

    @Override
    public ArchiveLayout layout() {
        return new BarmanLayout();
    }

    @Override
    public String plugin() {
        return "barman-cloud.cloudnative-pg.io";
    }

    @Override
    public String sidecar() {
        return "plugin-barman-cloud";
    }

    @Override
    public Component component() {
        return COMPONENT;
    }

    @Override
    public String prefix() {
        return Origin.PLACE + "/";
    }

    @Override
    public String uploads() {
        return "/base/";
    }

    @Override
    public Map<String, String> parameters(BackupKind kind) {
        if (kind != BackupKind.FULL) {
            throw new IllegalArgumentException(NAME + " takes full backups only");
        }
        return Map.of();
    }

    @Override
    public Backup.Physical describe(GenericKubernetesResource completed, Bucket bucket, Instant started) {
        String label = Cnpg.text(completed, "status", "backupId");
        String description = bucket.list("").stream()
                .map(StoredObject::key)
                .filter(key -> key.endsWith("/base/" + label + "/backup.info"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the Backup "
                        + completed.getMetadata().getName() + " is completed, and the store has no backup.info of "
                        + label));
        BackupInfo info = BackupInfo.parse(label, new String(bucket.read(description), UTF_8));
        return new Backup.Physical(
                label,
                BackupKind.FULL,
                info.timeline(),
                info.start(),
                info.stop(),
                started,
                Duration.between(started, Instant.now()));
    }

    /** The component has one. */
    @Override
    public String beginSchedule(CnpgDatabase database) {
        database.place()
                .patch(
                        Cnpg.SCHEDULED_BACKUP,
                        database.name(),
                        "{\"spec\":{\"suspend\":false,\"schedule\":\"0 * * * * *\"}}");
        return database.name();
    }
}
