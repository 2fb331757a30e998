package org.pgrehearsal.drills;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import org.pgrehearsal.await.WaitFailed;
import org.pgrehearsal.store.Fault;
import org.pgrehearsal.store.Gate;
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
    private static final Duration NOTICE = Duration.ofMinutes(4);
    private static final long BYTES_PER_SECOND = 100_000;

    @Override
    public GenericKubernetesResource take(CnpgDatabase database, BackupKind kind) {
        String name =
                Upload.meanwhile(store, new Fault.Slow(BYTES_PER_SECOND), database, kind, () -> Sidecar.end(database));
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
            return phase(BackupWay.awaitEnd(database, backup, NOTICE));
        } catch (WaitFailed e) {
            return phase(database.place().find(Cnpg.BACKUP, backup).orElseThrow()) + " after " + NOTICE.toMinutes()
                    + " minutes";
        }
    }

    private static String phase(GenericKubernetesResource backup) {
        return Cnpg.text(backup, "status", "phase");
    }
}
