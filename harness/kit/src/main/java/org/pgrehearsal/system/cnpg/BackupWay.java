package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Optional;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.system.BackupKind;

/** How a backup by the plugin comes about. */
public interface BackupWay {
    /**
     * Has one taken, and waits until the operator says that it is completed.
     *
     * @return the Backup
     * @throws org.pgrehearsal.await.WaitFailed if it fails, with the operator's reason, or takes too long
     */
    GenericKubernetesResource take(CnpgDatabase database, BackupKind kind);

    /** Waits until a Backup is completed. */
    static GenericKubernetesResource await(CnpgDatabase database, String name) {
        return Waiting.on(
                        "the Backup " + name + " in " + database.place().name() + " to be completed",
                        Duration.ofMinutes(10))
                .every(Duration.ofMillis(500))
                .until(
                        () -> database.place().find(Cnpg.BACKUP, name).orElseThrow(),
                        seen -> Cnpg.text(seen, "status", "phase").equals("completed"),
                        seen -> Cnpg.text(seen, "status", "phase").equals("failed")
                                ? Optional.of(Cnpg.text(seen, "status", "error"))
                                : Optional.empty());
    }
}
