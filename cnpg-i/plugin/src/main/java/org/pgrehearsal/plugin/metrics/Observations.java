package org.pgrehearsal.plugin.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
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
public final class Observations {
    private static final Logger LOG = LoggerFactory.getLogger(Observations.class);
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Archives archives;
    private final Clock clock;
    private final BiConsumer<ClusterView, Observation> listener;
    /** How often it was asked for since the last time that all was answered. */
    private final AtomicInteger asked = new AtomicInteger();

    private volatile Observation last = Observation.NONE;

    /**
     * Observations of the archive that this pod's cluster writes.
     *
     * @param listener is told of each new one
     */
    public Observations(Archives archives, Clock clock, BiConsumer<ClusterView, Observation> listener) {
        this.archives = archives;
        this.clock = clock;
        this.listener = listener;
    }

    /** The last answer. */
    public Observation last() {
        return last;
    }

    /** The last answer; if it is old, the next one is on its way. */
    public Observation last(ClusterView cluster) {
        Observation known = last;
        if (known.at().plus(FRESH).isBefore(clock.instant())) {
            renew(cluster);
        }
        return known;
    }

    /** Asks anew in the background; if that is under way, once more after it, since what is to be seen may be newer than what it sees. */
    public void renew(ClusterView cluster) {
        if (asked.getAndIncrement() == 0) {
            Thread.ofVirtual().name("observe").start(() -> {
                int answered;
                do {
                    answered = asked.get();
                    once(cluster);
                } while (asked.addAndGet(-answered) > 0);
            });
        }
    }

    private void once(ClusterView cluster) {
        try {
            last = observe(cluster);
            listener.accept(cluster, last);
        } catch (RuntimeException e) {
            LOG.error("the repositories could not be observed, by an error of the plugin itself", e);
        }
    }

    private Observation observe(ClusterView cluster) {
        Instant began = clock.instant();
        try {
            PgBackRest archive = archives.own(cluster);
            RepositoryInfo info = RepositoryInfo.of(archive).orUnreadable();
            return new Observation(
                    began,
                    "",
                    archive.settings().stanza(),
                    !info.lacksStanza(),
                    archive.settings().repositories().stream()
                            .map(repository -> held(archive, info, repository))
                            .toList());
        } catch (Refusal refusal) {
            LOG.warn("the repositories cannot be observed: {}", refusal.getMessage());
            return new Observation(
                    began, String.valueOf(refusal.getMessage()), last.stanza(), last.made(), last.repositories());
        }
    }

    private Observation.Held held(PgBackRest archive, RepositoryInfo info, Repository repository) {
        int number = repository.number();
        long size = archives.data().segmentSize().orElse(WalName.USUAL_SIZE);
        Optional<RepositoryInfo.Archive> range = info.archive(number);
        return new Observation.Held(
                repository,
                info.backups().stream()
                        .filter(backup -> backup.repository() == number)
                        .toList(),
                range.map(wal -> new ArchiveListing(archive, number, wal.id()).contents(size))
                        .orElse(ArchiveListing.Contents.NOTHING),
                range.map(RepositoryInfo.Archive::max).orElse(""));
    }
}
