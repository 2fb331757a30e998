package org.pgrehearsal.course;

import java.nio.file.Path;
import org.pgrehearsal.platform.DatabaseServer;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.LocalSystem;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalFacts;

/**
 * A source that is a process on this machine.
 *
 * @param cluster runs, and archives to {@code site}
 */
public record LocalSource(PostgresCluster cluster, LocalSystem system, Site site) implements Source {
    /** Makes one: a copy of a filled cluster, started so that it archives, in a fresh segment. */
    public static LocalSource make(
            PostgresCluster cluster, FilledCluster filled, LocalSystem system, Site site, Progress progress)
            throws Exception {
        progress.phase("fill the source", () -> {
            filled.copyTo(cluster);
            return cluster;
        });
        return progress.phase("start archiving", () -> {
            SourceServer.archive(cluster, system, site);
            return new LocalSource(cluster, system, site);
        });
    }

    @Override
    public DatabaseServer server() {
        return cluster;
    }

    @Override
    public Backup backup(BackupKind kind) {
        return system.backup(cluster, site, kind);
    }

    @Override
    public WalFacts log(TimelineId timeline, Lsn from, Lsn until, int segmentSize) {
        return new ArchiveReader(cluster.runner(), cluster.tools())
                .read(cluster.data().resolve("pg_wal"), timeline, from, until, segmentSize);
    }

    @Override
    public Path home() {
        return cluster.home();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
