package org.pgrehearsal.plugin.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pgrehearsal.plugin.Archives;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.Repository;
import org.pgrehearsal.plugin.pgbackrest.ArchiveListing;
import org.pgrehearsal.plugin.pgbackrest.PgBackRest;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;
import org.pgrehearsal.plugin.pgbackrest.WalName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of the repositories. Asking them takes seconds, and a scrape must not wait: it gets the last answer and may cause the next. */
final class Observations {
    private static final Logger LOG = LoggerFactory.getLogger(Observations.class);
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Archives archives;
    private final Clock clock;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Observation last = new Observation(Instant.EPOCH, true, List.of());

    Observations(Archives archives, Clock clock) {
        this.archives = archives;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param at           when it was given
     * @param reachable    whether it could be given
     * @param repositories what each holds; from before, if they cannot be reached
     */
    record Observation(Instant at, boolean reachable, List<Held> repositories) {
        Observation {
            repositories = List.copyOf(repositories);
        }
    }

    /** What one repository holds. */
    record Held(int repository, List<RepositoryInfo.Backup> backups, long gaps) {
        Held {
            backups = List.copyOf(backups);
        }
    }

    Observation last(ClusterView cluster) {
        Observation known = last;
        if (known.at().plus(FRESH).isBefore(clock.instant()) && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("observe").start(() -> {
                try {
                    last = observe(cluster);
                } finally {
                    asking.set(false);
                }
            });
        }
        return known;
    }

    Observation observe(ClusterView cluster) {
        try {
            PgBackRest archive = archives.own(cluster);
            RepositoryInfo info = RepositoryInfo.of(archive).orUnreadable();
            return new Observation(
                    clock.instant(),
                    true,
                    archive.settings().repositories().stream()
                            .map(repository -> held(archive, info, repository))
                            .toList());
        } catch (Refusal refusal) {
            LOG.warn("the repositories cannot be observed: {}", refusal.getMessage());
            return new Observation(clock.instant(), false, last.repositories());
        }
    }

    private Held held(PgBackRest archive, RepositoryInfo info, Repository repository) {
        int number = repository.number();
        long size = archives.data().segmentSize().orElse(WalName.USUAL_SIZE);
        return new Held(
                number,
                info.backups().stream()
                        .filter(backup -> backup.repository() == number)
                        .toList(),
                info.archive(number)
                        .map(range -> new ArchiveListing(archive, number, range.id()).gaps(size))
                        .orElse(0L));
    }
}
