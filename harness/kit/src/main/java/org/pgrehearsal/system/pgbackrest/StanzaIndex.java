package org.pgrehearsal.system.pgbackrest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

/**
 * A stanza's {@code backup.info}, read without pgBackRest: its section {@code [backup:current]} has one line of JSON for each backup.
 *
 * @param entries by label
 */
public record StanzaIndex(Map<String, Entry> entries) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECTION = "[backup:current]";

    /**
     * A backup in the index.
     *
     * @param start where replay begins
     * @param stop  where the copy becomes consistent
     */
    public record Entry(String label, BackupKind kind, TimelineId timeline, Lsn start, Lsn stop) {}

    public StanzaIndex {
        entries = Map.copyOf(entries);
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is not of this form
     */
    public static StanzaIndex parse(String text) {
        Map<String, Entry> entries = new HashMap<>();
        boolean inside = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("[")) {
                inside = line.equals(SECTION);
            } else if (inside && !line.isBlank()) {
                int equals = line.indexOf('=');
                String label = line.substring(0, Math.max(0, equals));
                entries.put(label, entry(label, line.substring(equals + 1)));
            }
        }
        return new StanzaIndex(entries);
    }

    private static Entry entry(String label, String json) {
        try {
            JsonNode backup = JSON.readTree(json);
            return new Entry(
                    label,
                    StanzaInfo.kind(backup.path("backup-type").asText()),
                    new TimelineId(Integer.parseUnsignedInt(
                            backup.path("backup-archive-start").asText().substring(0, 8), 16)),
                    Lsn.parse(backup.path("backup-lsn-start").asText()),
                    Lsn.parse(backup.path("backup-lsn-stop").asText()));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "backup.info does not describe the backup " + label + ": " + e.getMessage(), e);
        }
    }

    /**
     * A backup.
     *
     * @throws IllegalStateException if it is not listed; says which are
     */
    public Entry entry(String label) {
        Entry entry = entries.get(label);
        if (entry == null) {
            throw new IllegalStateException("backup.info does not list the backup " + label + "; it lists "
                    + entries.keySet().stream().sorted().toList());
        }
        return entry;
    }
}
