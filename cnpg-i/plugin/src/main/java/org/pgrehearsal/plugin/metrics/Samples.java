package org.pgrehearsal.plugin.metrics;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.plugin.Archives;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;

/** The gauges as they are now: of the data directory live, of the repositories as they were last seen. */
public final class Samples {
    private final Archives archives;
    private final LastFailure lastFailure;
    private final Clock clock;

    public Samples(Archives archives, LastFailure lastFailure, Clock clock) {
        this.archives = archives;
        this.lastFailure = lastFailure;
        this.clock = clock;
    }

    List<Gauge.Sample> of(Observation seen) {
        List<Gauge.Sample> samples = new ArrayList<>();
        samples.add(Gauge.WAL_WAITING_FILES.value(archives.data().waiting()));
        samples.add(Gauge.FRONTIER_LAG_SECONDS.value(
                archives.data().longestWait(clock.instant()).toSeconds()));
        samples.add(Gauge.LAST_FAILED_BACKUP_TIMESTAMP.value(lastFailure.second()));
        samples.add(Gauge.REPOSITORY_REACHABLE.value(seen.reachable() ? 1 : 0));
        samples.add(Gauge.REPOSITORY_OBSERVED_TIMESTAMP.value(seen.at().getEpochSecond()));
        seen.repositories().forEach(held -> add(samples, held));
        return samples;
    }

    private static void add(List<Gauge.Sample> samples, Observation.Held held) {
        List<RepositoryInfo.Backup> backups = held.backups();
        int repository = held.repository().number();
        for (String type : List.of("full", "diff", "incr")) {
            long count = backups.stream()
                    .filter(backup -> backup.type().equals(type))
                    .count();
            samples.add(Gauge.BACKUPS.value(count, repository, type));
        }
        samples.add(Gauge.ARCHIVE_GAP_SEGMENTS.value(held.wal().gaps(), repository));
        samples.add(Gauge.BACKUP_BYTES.value(held.backupBytes(), repository));
        samples.add(Gauge.WAL_BYTES.value(held.wal().bytes(), repository));
        if (!backups.isEmpty()) {
            samples.add(
                    Gauge.LAST_BACKUP_TIMESTAMP.value(backups.getLast().stop().getEpochSecond(), repository));
            samples.add(Gauge.FIRST_RECOVERABILITY_POINT.value(
                    backups.getFirst().stop().getEpochSecond(), repository));
        }
    }
}
