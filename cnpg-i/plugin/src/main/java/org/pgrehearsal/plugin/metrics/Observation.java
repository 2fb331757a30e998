package org.pgrehearsal.plugin.metrics;

import java.time.Instant;
import java.util.List;
import org.pgrehearsal.plugin.config.Repository;
import org.pgrehearsal.plugin.pgbackrest.ArchiveListing;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;

/**
 * A look at the repositories of a cluster.
 *
 * @param at           when it began
 * @param problem      why it failed; empty if it did not
 * @param stanza       the name of the archive
 * @param made         whether the stanza is in every repository
 * @param repositories what each holds; from before, if it failed
 */
public record Observation(Instant at, String problem, String stanza, boolean made, List<Held> repositories) {
    static final Observation NONE = new Observation(Instant.EPOCH, "", "", false, List.of());

    public Observation {
        repositories = List.copyOf(repositories);
    }

    public boolean reachable() {
        return problem.isEmpty();
    }

    /**
     * What one repository holds.
     *
     * @param backups oldest first
     * @param wal     what is between the first and the last segment of each timeline
     * @param last    the name of the last segment; empty if there is none
     */
    public record Held(
            Repository repository, List<RepositoryInfo.Backup> backups, ArchiveListing.Contents wal, String last) {
        public Held {
            backups = List.copyOf(backups);
        }

        /** Bytes of its backups, each file once. */
        public long backupBytes() {
            return backups.stream()
                    .mapToLong(RepositoryInfo.Backup::repositorySize)
                    .sum();
        }
    }
}
