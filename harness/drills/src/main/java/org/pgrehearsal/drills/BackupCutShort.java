package org.pgrehearsal.drills;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import org.pgrehearsal.await.WaitFailed;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.store.Fault;
import org.pgrehearsal.store.FaultRule;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.store.Injection;
import org.pgrehearsal.store.Selector;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.cnpg.BackupOrder;
import org.pgrehearsal.system.cnpg.BackupWay;
import org.pgrehearsal.system.cnpg.Cnpg;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;

/**
 * A backup after one whose sidecar was ended while it was uploaded. The first must end as failed: one that goes on as if it ran holds up all that
 * follow (cloudnative-pg#10778), and one that is called completed would be believed.
 *
 * @param store the source's way in, slowed down until the sidecar is ended
 */
record BackupCutShort(Gate store) implements BackupWay {
    private static final Duration BEGIN = Duration.ofMinutes(3);
    private static final Duration NOTICE = Duration.ofMinutes(4);
    private static final long BYTES_PER_SECOND = 100_000;

    @Override
    public GenericKubernetesResource take(CnpgDatabase database, BackupKind kind) {
        String name;
        try (Injection slow = store.inject(FaultRule.of(
                Selector.key(database.system().uploads()).and(Selector.method("PUT", "POST")),
                new Fault.Slow(BYTES_PER_SECOND)))) {
            name = BackupOrder.OF_PRIMARY.order(database, kind);
            Waiting.on("the upload of the base backup to begin", BEGIN)
                    .every(Duration.ofMillis(100))
                    .until(slow::hits, hits -> hits > 0);
            Sidecar.end(database);
        }
        String phase = ended(database, name);
        if (!phase.equals("failed")) {
            throw new Refutation(Finding.of(
                    Anomaly.UNDETECTED,
                    "the sidecar was ended while it uploaded a Backup, and the Backup is called " + phase));
        }
        return BackupOrder.OF_PRIMARY.take(database, kind);
    }

    /** The phase in which it ends, or the one that it is still in. */
    private static String ended(CnpgDatabase database, String backup) {
        try {
            return Waiting.on("the Backup " + backup + ", whose sidecar was ended, to end", NOTICE)
                    .every(Duration.ofMillis(500))
                    .until(() -> phase(database, backup), seen -> seen.equals("failed") || seen.equals("completed"));
        } catch (WaitFailed e) {
            return phase(database, backup) + " after " + NOTICE.toMinutes() + " minutes";
        }
    }

    private static String phase(CnpgDatabase database, String backup) {
        return database.place()
                .find(Cnpg.BACKUP, backup)
                .map(seen -> Cnpg.text(seen, "status", "phase"))
                .orElse("");
    }
}
