package org.pgrehearsal.system.cnpg;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.barman.BackupInfo;

/** How a backup by the plugin comes about. */
public interface BackupWay {
    /**
     * Has one taken, and waits until the operator says that it is completed.
     *
     * @return the Backup
     * @throws org.pgrehearsal.await.WaitFailed if it fails, with the operator's reason, or takes too long
     */
    GenericKubernetesResource take(CnpgDatabase database);

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

    /**
     * What its own description in the store says of a completed one.
     *
     * @param bucket from {@link Origin#PREFIX} on
     */
    static Backup.Physical describe(GenericKubernetesResource completed, Bucket bucket, Instant started) {
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
}
