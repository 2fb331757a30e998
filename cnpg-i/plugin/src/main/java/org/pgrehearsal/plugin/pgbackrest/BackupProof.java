package org.pgrehearsal.plugin.pgbackrest;

import io.grpc.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.pgrehearsal.plugin.Pause;
import org.pgrehearsal.plugin.Refusal;

/**
 * What makes a backup worth the word "completed": its WAL from begin to end is in the repository, and so is every file of its manifest.
 *
 * @param segments how many segments were found
 * @param files    how many files were found
 */
public record BackupProof(long segments, long files) {
    private static final Duration PAUSE = Duration.ofMillis(500);

    /**
     * Waits for the WAL, then compares the manifest.
     *
     * @throws Refusal if something is missing in the end
     */
    public static BackupProof of(
            PgBackRest archive, RepositoryInfo info, RepositoryInfo.Backup backup, long segmentSize) {
        String id = info.archive(backup.repository())
                .map(RepositoryInfo.Archive::id)
                .orElseGet(() -> info.current(backup.repository())
                        .map(database -> database.majorVersion() + "-" + database.id())
                        .orElseThrow(() -> Refusal.unavailable("the repository names no cluster")));
        ArchiveListing listing = new ArchiveListing(archive, backup.repository(), id);
        awaitWal(listing, backup, segmentSize, archive.settings().walTimeout());
        long segments =
                WalName.number(backup.walStop(), segmentSize) - WalName.number(backup.walStart(), segmentSize) + 1;
        return new BackupProof(
                segments, Manifest.check(archive, backup.repository(), backup.label(), references(info, backup)));
    }

    /** The backups that an incremental one builds on: the chain of its priors. */
    private static List<String> references(RepositoryInfo info, RepositoryInfo.Backup backup) {
        TreeSet<String> chain = new TreeSet<>();
        String prior = backup.prior();
        while (!prior.isEmpty()) {
            chain.add(prior);
            String label = prior;
            prior = info.backups().stream()
                    .filter(one -> one.repository() == backup.repository()
                            && one.label().equals(label))
                    .map(RepositoryInfo.Backup::prior)
                    .findFirst()
                    .orElse("");
        }
        return List.copyOf(chain);
    }

    private static void awaitWal(
            ArchiveListing listing, RepositoryInfo.Backup backup, long segmentSize, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (true) {
            List<String> missing = listing.missing(backup.walStart(), backup.walStop(), segmentSize);
            if (missing.isEmpty()) {
                return;
            }
            if (Instant.now().isAfter(end)) {
                throw Refusal.dataLoss("backup " + backup.label() + " cannot be restored: " + missing.size()
                        + " segments of its WAL (" + backup.walStart() + " to " + backup.walStop()
                        + ") were not in repo" + backup.repository() + " after " + patience.toSeconds()
                        + " s, first " + missing.getFirst()
                        + "; see the Cluster's condition ContinuousArchiving for why it is not archived");
            }
            if (Context.current().isCancelled()) {
                throw Refusal.unavailable("the wait for the WAL of backup " + backup.label() + " was cancelled");
            }
            if (!Pause.of(PAUSE)) {
                throw Refusal.unavailable("interrupted while waiting for the WAL of backup " + backup.label());
            }
        }
    }
}
