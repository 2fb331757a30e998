package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.Map;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.BackupSystem;

/** A backup system that is a plugin of CloudNativePG, with a component of {@code kubernetes/} that users include: what differs between them. */
public sealed interface CnpgSystem extends BackupSystem permits CnpgBarman, CnpgPgBackRest {
    /** The plugin's name in a Cluster and in a Backup. */
    String plugin();

    /** Its container beside an instance, and beside a recovery. */
    String sidecar();

    /** The component, and what a drill changes in its objects. */
    Component component();

    /** What comes before the keys that the system makes in a bucket, as the component lays databases out. */
    String prefix();

    /** What the keys of backups have in them, and no others. */
    String uploads();

    /**
     * The parameters of a Backup of some kind.
     *
     * @throws IllegalArgumentException if it takes none of that kind
     */
    Map<String, String> parameters(BackupKind kind);

    /**
     * What the store itself says of a completed Backup.
     *
     * @param bucket  from {@link #prefix} on
     * @param started when it was asked for
     * @throws IllegalStateException if the store has no description of it
     */
    Backup.Physical describe(GenericKubernetesResource completed, Bucket bucket, Instant started);

    /**
     * Lets backups be taken each minute by the schedule that users have of the component.
     *
     * @return the name of its ScheduledBackup
     */
    String beginSchedule(CnpgDatabase database);

    /** Lets that schedule rest again. */
    default void endSchedule(CnpgDatabase database, String schedule) {
        database.place().patch(Cnpg.SCHEDULED_BACKUP, schedule, "{\"spec\":{\"suspend\":true}}");
    }
}
