package org.pgrehearsal.system.barman;

import java.util.HashMap;
import java.util.Map;
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
record BackupInfo(String label, TimelineId timeline, Lsn start, Lsn stop) {
    private static final String DONE = "DONE";

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if it is not of a complete backup
     */
    static BackupInfo parse(String text) {
        Map<String, String> values = new HashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        String status = value(values, "status");
        if (!status.equals(DONE)) {
            throw new IllegalArgumentException("backup.info has status " + status + ", not " + DONE);
        }
        return new BackupInfo(
                value(values, "backup_id"),
                new TimelineId(Integer.parseInt(value(values, "timeline"))),
                Lsn.parse(value(values, "begin_xlog")),
                Lsn.parse(value(values, "end_xlog")));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null || value.isEmpty() || value.equals("None")) {
            throw new IllegalArgumentException("backup.info has no " + name);
        }
        return value;
    }
}
