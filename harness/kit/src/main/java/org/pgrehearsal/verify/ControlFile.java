package org.pgrehearsal.verify;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code pg_controldata} prints of a data directory, in English.
 *
 * @param values by the name before the colon
 */
record ControlFile(Map<String, String> values) {
    /** The settings that a hot standby must not have lower than its source, by the names in the control file ({@code xlogrecovery.c}). */
    private static final Map<String, String> SETTINGS = Map.of(
            "max_connections", "max_connections",
            "max_worker_processes", "max_worker_processes",
            "max_wal_senders", "max_wal_senders",
            "max_prepared_xacts", "max_prepared_transactions",
            "max_locks_per_xact", "max_locks_per_transaction");

    ControlFile {
        values = Map.copyOf(values);
    }

    static ControlFile parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        });
        return new ControlFile(values);
    }

    /** Settings by PostgreSQL's names, with the values of the source when it was backed up. */
    Map<String, Integer> settings() {
        Map<String, Integer> settings = new LinkedHashMap<>();
        SETTINGS.forEach((name, setting) -> {
            String value = values.get(name + " setting");
            if (value != null) {
                settings.put(setting, Integer.valueOf(value));
            }
        });
        return settings;
    }

    /** The same settings as a PARAMETER_CHANGE record of the log tells them: {@code max_connections=100 …}. */
    static Map<String, Integer> changed(String detail) {
        Map<String, Integer> settings = new LinkedHashMap<>();
        for (String word : detail.split(" ")) {
            int equals = word.indexOf('=');
            String setting = equals < 0 ? null : SETTINGS.get(word.substring(0, equals));
            if (setting != null) {
                settings.put(setting, Integer.valueOf(word.substring(equals + 1)));
            }
        }
        return settings;
    }

    /** Whether pages have checksums. */
    boolean checksums() {
        return !values.getOrDefault("Data page checksum version", "0").equals("0");
    }
}
