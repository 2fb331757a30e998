package org.pgrehearsal.plugin.metrics;

import java.util.List;
import java.util.Locale;

/** What is shown. All are gauges; times are seconds since 1970. */
enum Gauge {
    WAL_WAITING_FILES("Files in pg_wal that wait to be archived"),
    FRONTIER_LAG_SECONDS("For how long the oldest file waits to be archived; 0 if none does"),
    LAST_FAILED_BACKUP_TIMESTAMP("When a backup failed the last time since the sidecar started"),
    REPOSITORY_REACHABLE("Whether the last look at the repositories succeeded"),
    REPOSITORY_OBSERVED_TIMESTAMP("When the repositories were looked at"),
    BACKUPS("Backups in the repository", "repo", "type"),
    LAST_BACKUP_TIMESTAMP("When the latest backup ended", "repo"),
    FIRST_RECOVERABILITY_POINT("When the oldest backup ended", "repo"),
    BACKUP_BYTES("Size of all backups in the repository", "repo"),
    WAL_BYTES("Size of all WAL segments in the repository", "repo"),
    ARCHIVE_GAP_SEGMENTS("Segments that are missing between others of their timeline", "repo");

    private final String help;
    /** Their names, with a space between them. */
    private final String labels;

    Gauge(String help, String... labels) {
        this.help = help;
        this.labels = String.join(" ", labels);
    }

    String fullName() {
        return "pgrehearsal_pgbackrest_" + name().toLowerCase(Locale.ROOT);
    }

    String help() {
        return help;
    }

    List<String> labels() {
        return labels.isEmpty() ? List.of() : List.of(labels.split(" "));
    }

    Sample value(long value, Object... labelValues) {
        return new Sample(
                this,
                (double) value,
                java.util.Arrays.stream(labelValues).map(Object::toString).toList());
    }

    /**
     * A value.
     *
     * @param labels in the order of the gauge's
     */
    record Sample(Gauge gauge, double value, List<String> labels) {
        Sample {
            labels = List.copyOf(labels);
        }
    }
}
