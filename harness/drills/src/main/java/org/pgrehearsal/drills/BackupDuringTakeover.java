package org.pgrehearsal.drills;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.pgrehearsal.await.WaitFailed;
import org.pgrehearsal.store.Fault;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.cnpg.BackupOrder;
import org.pgrehearsal.system.cnpg.BackupWay;
import org.pgrehearsal.system.cnpg.Cnpg;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.system.cnpg.Takeover;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;

/** A first backup in peace, and a second during which a standby takes over: it must fail, and then the next one counts, or be complete. */
final class BackupDuringTakeover implements BackupWay {
    private static final Duration END = Duration.ofMinutes(6);

    private final Gate store;
    private final Takeover takeover;
    private final Consumer<String> told;
    private final AtomicBoolean first = new AtomicBoolean(true);

    /**
     * @param store the source's way in, in which the upload hangs until the standby has taken over
     * @param told  takes what the report should say
     */
    BackupDuringTakeover(Gate store, Takeover takeover, Consumer<String> told) {
        this.store = store;
        this.takeover = takeover;
        this.told = told;
    }

    @Override
    public GenericKubernetesResource take(CnpgDatabase database, BackupKind kind) {
        if (first.getAndSet(false)) {
            return BackupOrder.OF_PRIMARY.take(database, kind);
        }
        String name;
        try {
            name = Upload.meanwhile(store, new Fault.Hang(), database, kind, () -> takeover.happen(database));
        } catch (SQLException e) {
            throw new IllegalStateException("no standby could be made to take over: " + e.getMessage(), e);
        }
        GenericKubernetesResource ended = ended(database, name);
        if (Cnpg.text(ended, "status", "phase").equals("completed")) {
            told.accept("the backup that was under way was completed in spite of the takeover");
            return ended;
        }
        told.accept("the backup that was under way failed, and the operator says so: "
                + Cnpg.text(ended, "status", "error"));
        return BackupOrder.OF_PRIMARY.take(database, kind);
    }

    private static GenericKubernetesResource ended(CnpgDatabase database, String backup) {
        try {
            return BackupWay.awaitEnd(database, backup, END);
        } catch (WaitFailed e) {
            throw new Refutation(Finding.of(
                    Anomaly.UNDETECTED,
                    "the primary was deleted while it uploaded a Backup, and after " + END.toMinutes()
                            + " minutes the Backup is neither completed nor failed"));
        }
    }
}
