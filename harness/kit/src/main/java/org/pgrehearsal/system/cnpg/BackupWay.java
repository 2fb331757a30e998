package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Set;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.system.BackupKind;

/** How a backup by the plugin comes about. */
public interface BackupWay {
    /**
     * Has one taken, and waits until the operator says that it is completed.
     *
     * @return the Backup
     * @throws BackupFailed if it fails, with the operator's reason
     * @throws org.pgrehearsal.await.WaitFailed if it takes too long
     */
    GenericKubernetesResource take(CnpgDatabase database, BackupKind kind);

    /**
     * Waits until a Backup is completed.
     *
     * @throws BackupFailed if it fails, with the operator's reason
     * @throws org.pgrehearsal.await.WaitFailed if it does neither within ten minutes
     */
    static GenericKubernetesResource await(CnpgDatabase database, String name) {
        GenericKubernetesResource ended = awaitEnd(database, name, Duration.ofMinutes(10));
        if (Cnpg.text(ended, "status", "phase").equals("failed")) {
            throw new BackupFailed(name, Cnpg.text(ended, "status", "error"));
        }
        return ended;
    }

    /**
     * Waits until a Backup is completed, or has failed.
     *
     * @throws org.pgrehearsal.await.WaitFailed if it does neither in time
     */
    static GenericKubernetesResource awaitEnd(CnpgDatabase database, String name, Duration deadline) {
        return Waiting.on(
                        "the Backup " + name + " in " + database.place().name() + " to be completed or to fail",
                        deadline)
                .every(Duration.ofMillis(500))
                .until(
                        () -> database.place().find(Cnpg.BACKUP, name).orElseThrow(),
                        seen -> Set.of("completed", "failed").contains(Cnpg.text(seen, "status", "phase")));
    }
}
