package org.pgrehearsal.system;

import java.util.Map;
import org.pgrehearsal.platform.local.PostgresCluster;

/** A way to back PostgreSQL up on the local platform. Has no state of its own: where its data is, the {@link Site} says. */
public interface BackupSystem {
    /** Its name in commands and reports, such as {@code pgbackrest}. */
    String name();

    /** What it cannot do, each with the reason, one sentence. */
    Map<Capability, String> lacks();

    /** How the source must run so that it archives; nothing for a system without an archive. */
    ServerConfig archiving(PostgresCluster source, Site site);

    /** Makes the repository ready; the source runs, and archives from now on. */
    void initialise(PostgresCluster source, Site site);

    /**
     * Takes a backup of the running source.
     *
     * @throws org.pgrehearsal.process.CommandFailed if the system says that it failed
     */
    Backup backup(PostgresCluster source, Site site, BackupKind kind);

    /** How its bucket is laid out. */
    ArchiveLayout layout();

    /**
     * Restores into an empty data directory, or, for a logical system, into a new cluster.
     *
     * @param target where to; its server does not run
     * @return what the system said, which may be no
     */
    Restoration restore(PostgresCluster target, Site site, RestoreOrder order);
}
