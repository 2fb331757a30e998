package org.pgrehearsal.plugin.pgbackrest;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stanza of a cluster in its repositories: made when it is missing, upgraded with the cluster, and never shared with another one.
 */
public final class Stanza {
    /** The annotation of a backup that says whose it is. */
    public static final String CLUSTER_UID = "cnpg-cluster-uid";

    private static final Logger LOG = LoggerFactory.getLogger(Stanza.class);

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * Makes sure that the stanza is there and this cluster's; asks the repositories only once.
     *
     * @param uid the Cluster's, which survives a major upgrade when the system identifier does not
     */
    public synchronized void ensure(PgBackRest archive, DataDirectory data, String uid) {
        String key = data.systemIdentifier() + " " + archive.settings();
        if (known.contains(key)) {
            return;
        }
        RepositoryInfo info = RepositoryInfo.of(archive).orUnreadable();
        boolean upgrade = false;
        for (Repository repository : archive.settings().repositories()) {
            upgrade |= info.current(repository.number())
                    .filter(database -> !mine(database, data))
                    .map(database -> requireUpgrade(archive, info, database, data, uid))
                    .isPresent();
        }
        if (info.lacksStanza()) {
            LOG.info("creating stanza {}", archive.settings().stanza());
            archive.run(PgBackRest.SHORT, "--no-online", "stanza-create");
        }
        if (upgrade) {
            LOG.info("upgrading stanza {} to PostgreSQL {}", archive.settings().stanza(), data.majorVersion());
            archive.run(PgBackRest.SHORT, "--no-online", "stanza-upgrade");
        }
        known.add(key);
    }

    /** Forgets what it knows: the repositories said something that does not fit. */
    public void doubt() {
        known.clear();
    }

    private static boolean mine(RepositoryInfo.Database database, DataDirectory data) {
        return database.systemIdentifier().equals(data.systemIdentifier())
                && database.majorVersion() == data.majorVersion();
    }

    private static RepositoryInfo.Database requireUpgrade(
            PgBackRest archive, RepositoryInfo info, RepositoryInfo.Database database, DataDirectory data, String uid) {
        boolean sameCluster = !uid.isEmpty()
                && info.backups().stream()
                        .anyMatch(backup -> backup.repository() == database.repository()
                                && uid.equals(backup.annotations().get(CLUSTER_UID)));
        if (data.majorVersion() > database.majorVersion()
                && (sameCluster || archive.settings().allowStanzaUpgrade())) {
            return database;
        }
        throw Refusal.precondition("stanza " + archive.settings().stanza() + " in repo" + database.repository()
                + " belongs to another PostgreSQL cluster (system identifier " + database.systemIdentifier()
                + ", version " + database.majorVersion() + "; this one is " + data.systemIdentifier() + ", version "
                + data.majorVersion() + "): give this cluster a path or a stanza of its own"
                + (data.majorVersion() > database.majorVersion()
                        ? ", or set allow-stanza-upgrade: \"y\" if it is that cluster after a major upgrade"
                        : ""));
    }
}
