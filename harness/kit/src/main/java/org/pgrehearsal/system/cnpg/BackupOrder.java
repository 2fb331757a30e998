package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.system.BackupKind;

/** A Backup that is ordered by a Backup object. */
public enum BackupOrder implements BackupWay {
    /** Of the instance that takes writes. */
    OF_PRIMARY("primary"),
    /** Of another one: there must be one. */
    OF_STANDBY("prefer-standby");

    private final String target;

    BackupOrder(String target) {
        this.target = target;
    }

    /**
     * Orders one, and does not wait for it.
     *
     * @return the name of the Backup
     */
    public String order(CnpgDatabase database, BackupKind kind) {
        String name = "backup-" + Long.toString(System.nanoTime(), 36);
        GenericKubernetesResource backup = new GenericKubernetesResource();
        backup.setApiVersion("postgresql.cnpg.io/v1");
        backup.setKind("Backup");
        backup.setMetadata(new ObjectMetaBuilder().withName(name).build());
        backup.setAdditionalProperty(
                "spec",
                Map.of(
                        "cluster",
                        Map.of("name", database.name()),
                        "method",
                        "plugin",
                        "target",
                        target,
                        "pluginConfiguration",
                        Map.of(
                                "name",
                                database.system().plugin(),
                                "parameters",
                                database.system().parameters(kind))));
        database.place().apply(List.of(backup));
        return name;
    }

    @Override
    public GenericKubernetesResource take(CnpgDatabase database, BackupKind kind) {
        GenericKubernetesResource completed = BackupWay.await(database, order(database, kind));
        String instance = Cnpg.text(completed, "status", "instanceID", "podName");
        String primary = database.primary();
        if (this == OF_STANDBY && instance.equals(primary)) {
            throw new IllegalStateException(
                    "the backup was taken of the primary " + primary + ", although there are standbys");
        }
        return completed;
    }
}
