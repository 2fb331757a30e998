package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import org.pgrehearsal.await.Waiting;

/** A Backup that the component's ScheduledBackup takes: it is let go for the time of one backup. */
public record BackupSchedule() implements BackupWay {
    /** Of the operator on the Backups that a schedule makes; its value is the name of the schedule. */
    private static final String LABEL = "cnpg.io/scheduled-backup";

    private static final Duration BEGIN = Duration.ofMinutes(3);

    @Override
    public GenericKubernetesResource take(CnpgDatabase database) {
        patch(database, "{\"spec\":{\"suspend\":false,\"schedule\":\"0 * * * * *\"}}");
        try {
            String name = Waiting.on("the schedule of " + database.place().name() + " to begin a Backup", BEGIN)
                    .every(Duration.ofMillis(500))
                    .until(() -> scheduled(database), found -> !found.isEmpty())
                    .getFirst();
            return BackupWay.await(database, name);
        } finally {
            patch(database, "{\"spec\":{\"suspend\":true}}");
        }
    }

    private static List<String> scheduled(CnpgDatabase database) {
        return database
                .place()
                .cluster()
                .client()
                .genericKubernetesResources(Cnpg.BACKUP)
                .inNamespace(database.place().name())
                .withLabel(LABEL, database.name())
                .list()
                .getItems()
                .stream()
                .map(backup -> backup.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static void patch(CnpgDatabase database, String change) {
        database.place()
                .cluster()
                .client()
                .genericKubernetesResources(Cnpg.SCHEDULED_BACKUP)
                .inNamespace(database.place().name())
                .withName(database.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), change);
    }
}
