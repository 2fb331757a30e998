package org.pgrehearsal.system.barman;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.KeptBackup;
import org.pgrehearsal.system.PartialLayout;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

/**
 * What barman-cloud writes about a backup: {@code backup.info}, one {@code name=value} a line.
 *
 * @param label    the backup's id, such as {@code 20261121T112233}
 * @param timeline the one it was taken on
 * @param start    {@code begin_xlog}
 * @param stop     {@code end_xlog}, what {@code pg_backup_stop} returned
 */
public record BackupInfo(String label, TimelineId timeline, Lsn start, Lsn stop) {
    private static final String DONE = "DONE";

    /** A list of tuples as Python prints it: name, number, place. */
    private static final Pattern TABLESPACE = Pattern.compile("\\('([^']+)', \\d+, '");

    /**
     * Reads the text.
     *
     * @param label the backup's id, which only the key has
     * @throws IllegalArgumentException if it is not of a complete backup
     */
    public static BackupInfo parse(String label, String text) {
        Map<String, String> values = values(text);
        String status = value(values, "status");
        if (!status.equals(DONE)) {
            throw new IllegalArgumentException("backup.info has status " + status + ", not " + DONE);
        }
        return new BackupInfo(
                label,
                new TimelineId(Integer.parseInt(value(values, "timeline"))),
                Lsn.parse(value(values, "begin_xlog")),
                Lsn.parse(value(values, "end_xlog")));
    }

    /** Whether the backup is complete. */
    static boolean isDone(String text) {
        return DONE.equals(values(text).get("status"));
    }

    /** Everything about a complete backup of somebody else's server. */
    static KeptBackup kept(String label, String server, String text) {
        BackupInfo info = parse(label, text);
        Map<String, String> values = values(text);
        Instant began = time(value(values, "begin_time"));
        Instant ended = time(value(values, "end_time"));
        String systemId = values.getOrDefault("systemid", "None");
        return new KeptBackup(
                new Backup.Physical(
                        label,
                        BackupKind.FULL,
                        info.timeline,
                        info.start,
                        info.stop,
                        began,
                        Duration.between(began, ended)),
                // such as 150017
                Integer.parseInt(value(values, "version")) / 10_000,
                systemId.equals("None") ? null : Long.valueOf(systemId),
                ended,
                new PartialLayout(server + "/wals/", new BarmanLayout()),
                List.of());
    }

    /** The names of the tablespaces beside the default ones; none if the text does not say. */
    static List<String> tablespaces(String text) {
        return TABLESPACE
                .matcher(values(text).getOrDefault("tablespaces", ""))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    }

    private static Map<String, String> values(String text) {
        Map<String, String> values = new HashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return values;
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null || value.isEmpty() || value.equals("None")) {
            throw new IllegalArgumentException("backup.info has no " + name);
        }
        return value;
    }
}
