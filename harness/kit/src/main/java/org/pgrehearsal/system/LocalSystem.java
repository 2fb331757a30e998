package org.pgrehearsal.system;

import org.pgrehearsal.platform.local.PostgresCluster;

/** A way to back PostgreSQL up that is tried on the local platform. Has no state of its own: where its data is, the {@link Site} says. */
public interface LocalSystem extends BackupSystem {
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

    /**
     * Restores into an empty data directory, or, for a logical system, into a new cluster.
     *
     * @param target where to; its server does not run
     * @return what the system said, which may be no
     */
    Restoration restore(PostgresCluster target, Site site, RestoreOrder order);
}
