package org.pgrehearsal.plugin.wal;

import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.pgbackrest.PgBackRest;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;

/** A new cluster must not write over the archive of an earlier one, even of the same origin. */
public final class EmptyArchive {
    private EmptyArchive() {}

    /**
     * Fails if a repository holds a backup, or WAL from before a file. WAL from there on is the cluster's own: what it stored before it was told to
     * stop must not keep it out.
     *
     * @param first the file that begins the new archive; an empty name if there is none yet, and then any WAL is too much
     */
    public static void require(PgBackRest archive, RepositoryInfo info, String first) {
        info.backups().stream().findFirst().ifPresent(backup -> {
            throw refuse(archive, backup.repository(), "backup " + backup.label());
        });
        info.archives().stream()
                .filter(range -> first.isEmpty() || range.min().compareTo(first) < 0)
                .findFirst()
                .ifPresent(range -> {
                    throw refuse(archive, range.repository(), "WAL from " + range.min());
                });
    }

    private static Refusal refuse(PgBackRest archive, int repository, String what) {
        return Refusal.precondition("stanza " + archive.settings().stanza() + " in repo" + repository
                + " is not empty (it holds " + what
                + "): give this new cluster a path or a stanza of its own, or set the annotation"
                + " cnpg.io/skipEmptyWalArchiveCheck: enabled if it may go on with that archive");
    }
}
