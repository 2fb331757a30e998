package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.system.BackupKind;

/** A Backup that the component's ScheduledBackup takes: it is let go for the time of one backup. */
public record BackupSchedule() implements BackupWay {
    /** Of the operator on the Backups that a schedule makes; its value is the name of the schedule. */
    private static final String LABEL = "cnpg.io/scheduled-backup";

    private static final Duration BEGIN = Duration.ofMinutes(3);

    @Override
    public GenericKubernetesResource take(CnpgDatabase database, BackupKind kind) {
        if (kind != BackupKind.FULL) {
            throw new IllegalArgumentException("the schedule of a drill takes full backups");
        }
        String schedule = database.system().beginSchedule(database);
        try {
            String name = Waiting.on("the schedule of " + database.place().name() + " to begin a Backup", BEGIN)
                    .every(Duration.ofMillis(500))
                    .until(() -> scheduled(database, schedule), found -> !found.isEmpty())
                    .getFirst();
            return BackupWay.await(database, name);
        } finally {
            database.system().endSchedule(database, schedule);
        }
    }

    private static List<String> scheduled(CnpgDatabase database, String schedule) {
        return database.place().list(Cnpg.BACKUP, Map.of(LABEL, schedule)).stream()
                .map(backup -> backup.getMetadata().getName())
                .sorted()
                .toList();
    }
}
