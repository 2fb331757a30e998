package org.pgrehearsal.plugin.wal;

import io.grpc.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.pgrehearsal.plugin.Archives;
import org.pgrehearsal.plugin.Pause;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.PluginUse;
import org.pgrehearsal.plugin.pgbackrest.ArchiveListing;
import org.pgrehearsal.plugin.pgbackrest.PgBackRest;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;
import org.pgrehearsal.plugin.pgbackrest.WalName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes WAL out of a repository.
 *
 * <p>To PostgreSQL every failure of restore_command is the end of the archive. While a cluster is being recovered that would be a database that is
 * silently short, so then this waits until the repository answers, says "absent" only if the repository was read and has no later segment, and
 * leaves a mark that restore_command looks for: without the mark recovery is aborted.
 */
public final class WalFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(WalFetcher.class);
    private static final Duration FETCH = Duration.ofMinutes(10);

    private final Archives archives;
    private final Consumer<String> waiting;
    private final Duration firstPause;
    private final Duration longestPause;

    /**
     * A fetcher of the archives that a pod reads.
     *
     * @param waiting is told, with the reason, when recovery waits for a repository
     */
    public WalFetcher(Archives archives, Consumer<String> waiting) {
        this(archives, waiting, Duration.ofSeconds(1), Duration.ofSeconds(15));
    }

    WalFetcher(Archives archives, Consumer<String> waiting, Duration firstPause, Duration longestPause) {
        this.archives = archives;
        this.waiting = waiting;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
    }

    /**
     * Fetches a file, or refuses.
     *
     * @param rewind whether pg_rewind asks: nothing is fetched ahead then
     */
    public void fetch(ClusterView cluster, String name, String destination, boolean rewind) {
        RequestPaths.name(name);
        Path target = RequestPaths.destination(destination, archives.place().pgData());
        boolean recovery = cluster.currentPrimary().isEmpty();
        PgBackRest archive = archive(cluster);
        forget(name);
        Duration pause = firstPause;
        while (true) {
            try {
                if (get(archive, name, target, rewind)) {
                    return;
                }
                if (recovery) {
                    requireEnd(archive, name);
                    mark(name);
                }
                throw Refusal.notFound(
                        name + " is not in the archive " + archive.settings().stanza());
            } catch (Refusal refusal) {
                if (!recovery || !refusal.mayPass() || Context.current().isCancelled()) {
                    throw refusal;
                }
                LOG.atWarn()
                        .addKeyValue("wal", name)
                        .addKeyValue("again_in_seconds", pause.toSeconds())
                        .log("recovery waits for the repository: " + refusal.getMessage());
                waiting.accept("recovery waits for " + name + ": " + refusal.getMessage());
            }
            if (!Pause.of(pause)) {
                throw Refusal.unavailable("interrupted while waiting for the repository");
            }
            pause = pause.multipliedBy(2).compareTo(longestPause) < 0 ? pause.multipliedBy(2) : longestPause;
        }
    }

    /** Which archive a pod reads: the one that its cluster follows, the one that it is made from, or its own. */
    private PgBackRest archive(ClusterView cluster) {
        boolean follows = cluster.isReplica()
                && (cluster.currentPrimary().equals(archives.pod())
                        || cluster.targetPrimary().equals(archives.pod()));
        Optional<PluginUse> source = Optional.empty();
        if (cluster.promotionPending() || follows) {
            source = cluster.replicaSource();
        } else if (cluster.currentPrimary().isEmpty()) {
            source = cluster.recoverySource();
        }
        return source.map(archives::source).orElseGet(() -> archives.own(cluster));
    }

    private static boolean get(PgBackRest archive, String name, Path target, boolean rewind) {
        List<String> words = new ArrayList<>(List.of("archive-get", name, target.toString()));
        if (rewind) {
            words.add("--no-archive-async");
        }
        return archive.ask(FETCH, words.toArray(String[]::new));
    }

    /** Absent at the end is the end; absent before a later segment is a hole. */
    private void requireEnd(PgBackRest archive, String name) {
        RepositoryInfo info = RepositoryInfo.of(archive).orUnreadable();
        if (!WalName.isSegment(name)) {
            return;
        }
        long size = archives.data().segmentSize().orElse(WalName.USUAL_SIZE);
        for (RepositoryInfo.Archive range : info.archives()) {
            String later = new ArchiveListing(archive, range.repository(), range.id()).laterThan(name, size);
            if (!later.isEmpty()) {
                throw Refusal.dataLoss(
                        "the archive " + archive.settings().stanza() + " has a hole: " + name
                                + " is missing, but " + later
                                + " is there; recovery stops here instead of ending short. Recover to a target before the hole, or from another repository");
            }
        }
    }

    private void mark(String name) {
        Path absent = archives.place().absent();
        try {
            Files.createDirectories(absent);
            Files.writeString(absent.resolve(name), "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + absent + ": " + e, e);
        }
    }

    private void forget(String name) {
        try {
            Files.deleteIfExists(archives.place().absent().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot remove a mark in " + archives.place().absent() + ": " + e, e);
        }
    }
}
