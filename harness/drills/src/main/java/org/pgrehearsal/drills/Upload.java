package org.pgrehearsal.drills;

import java.time.Duration;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.store.Fault;
import org.pgrehearsal.store.FaultRule;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.store.Injection;
import org.pgrehearsal.store.Selector;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.cnpg.BackupOrder;
import org.pgrehearsal.system.cnpg.CnpgDatabase;

/** The upload of a base backup, which is over too soon to be met by anything unless it is held up. */
final class Upload {
    private static final Duration BEGIN = Duration.ofMinutes(3);

    private Upload() {}

    /** What happens in the middle of it. */
    @FunctionalInterface
    interface Event<E extends Exception> {
        void happen() throws E;
    }

    /**
     * Orders a backup of the primary, and lets something happen while it is uploaded.
     *
     * @param store the source's way in
     * @param fault holds the upload up until it has happened
     * @return the name of the Backup
     */
    static <E extends Exception> String meanwhile(
            Gate store, Fault fault, CnpgDatabase database, BackupKind kind, Event<E> event) throws E {
        Selector uploads = Selector.key(database.system().uploads()).and(Selector.method("PUT", "POST"));
        try (Injection held = store.inject(FaultRule.of(uploads, fault))) {
            String name = BackupOrder.OF_PRIMARY.order(database, kind);
            Waiting.on("the upload of the base backup to begin", BEGIN)
                    .every(Duration.ofMillis(100))
                    .until(held::hits, hits -> hits > 0);
            event.happen();
            return name;
        }
    }
}
