package org.pgrehearsal.plugin.wal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pgrehearsal.plugin.Archives;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.pgbackrest.PgBackRest;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;
import org.pgrehearsal.plugin.pgbackrest.Stanza;

/** Puts WAL into the repositories of a cluster. Returns only when pgBackRest has stored the file in all of them. */
public final class WalArchiver {
    /** CloudNativePG's mark that the first file must find an empty archive; since 0.6 of the protocol the request says it. */
    private static final String CHECK_MARK = ".check-empty-wal-archive";

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Archives archives;
    private final Stanza stanza;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    public WalArchiver(Archives archives, Stanza stanza) {
        this.archives = archives;
        this.stanza = stanza;
    }

    /**
     * Archives a file.
     *
     * @param source    its full path
     * @param mustStart whether the archive must hold nothing older
     */
    public void archive(ClusterView cluster, String source, boolean mustStart) {
        Path file = RequestPaths.wal(source, archives.place().pgData());
        String name = String.valueOf(file.getFileName());
        PgBackRest archive = archives.own(cluster);
        stanza.ensure(archive, archives.data(), cluster.uid());
        requireEmpty(archive, name, mustStart, cluster.skipsEmptyArchiveCheck());
        try {
            archive.run(archive.settings().archiveTimeout().plus(GRACE), push(file));
        } catch (Refusal refusal) {
            if (!refusal.mayPass() || String.valueOf(refusal.getMessage()).contains("stanza-create")) {
                stanza.doubt();
            }
            throw refusal;
        }
    }

    /** The asynchronous archiver works through what PostgreSQL marked as ready, and fails if that is nothing. */
    private static String[] push(Path file) {
        Path ready = file.resolveSibling("archive_status/" + file.getFileName() + ".ready");
        return Files.exists(ready)
                ? new String[] {"archive-push", file.toString()}
                : new String[] {"--no-archive-async", "archive-push", file.toString()};
    }

    private void requireEmpty(PgBackRest archive, String name, boolean asked, boolean skip) {
        Path mark = archives.place().pgData().resolve(CHECK_MARK);
        boolean marked = Files.exists(mark);
        String key = archive.settings().toString();
        if ((!asked && !marked) || skip || checked.contains(key)) {
            return;
        }
        EmptyArchive.require(archive, RepositoryInfo.of(archive).orUnreadable(), name);
        checked.add(key);
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + mark + ": " + e, e);
        }
    }
}
