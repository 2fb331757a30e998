package org.pgrehearsal.system.pgbackrest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.KeptBackup;
import org.pgrehearsal.system.PartialLayout;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

/**
 * Reads one stanza of what {@code pgbackrest info --output=json} prints: its backups, and the database and the archive that each belongs to
 * (a stanza that was upgraded has several of both, numbered).
 */
final class StanzaInfo {
    private StanzaInfo() {}

    static List<KeptBackup> backups(String stanza, JsonNode info) {
        List<KeptBackup> backups = new ArrayList<>();
        for (JsonNode backup : info.path("backup")) {
            int number = backup.path("database").path("id").asInt();
            JsonNode database =
                    numbered(info.path("db"), node -> node.path("id").asInt() == number);
            JsonNode archive = numbered(
                    info.path("archive"),
                    node -> node.path("database").path("id").asInt() == number);
            Instant start =
                    Instant.ofEpochSecond(backup.path("timestamp").path("start").asLong());
            Instant stop =
                    Instant.ofEpochSecond(backup.path("timestamp").path("stop").asLong());
            backups.add(new KeptBackup(
                    new Backup.Physical(
                            backup.path("label").asText(),
                            kind(backup.path("type").asText()),
                            new TimelineId(Integer.parseUnsignedInt(
                                    backup.path("archive")
                                            .path("start")
                                            .asText()
                                            .substring(0, 8),
                                    16)),
                            Lsn.parse(backup.path("lsn").path("start").asText()),
                            Lsn.parse(backup.path("lsn").path("stop").asText()),
                            start,
                            Duration.between(start, stop)),
                    Integer.parseInt(database.path("version").asText().split("\\.")[0]),
                    database.path("system-id").asLong(),
                    stop,
                    new PartialLayout(
                            "archive/" + stanza + "/" + archive.path("id").asText() + "/", new PgBackRestLayout()),
                    backup.path("error").asBoolean()
                            ? List.of("pgBackRest found pages with a wrong checksum when it took the backup")
                            : List.of()));
        }
        return backups;
    }

    private interface Which {
        boolean is(JsonNode node);
    }

    private static JsonNode numbered(JsonNode nodes, Which which) {
        for (JsonNode node : nodes) {
            if (which.is(node)) {
                return node;
            }
        }
        throw new IllegalStateException("pgbackrest info names a database that it does not describe");
    }

    static BackupKind kind(String type) {
        return switch (type) {
            case "full" -> BackupKind.FULL;
            case "diff" -> BackupKind.DIFFERENTIAL;
            case "incr" -> BackupKind.INCREMENTAL;
            default -> throw new IllegalStateException("pgBackRest has a backup of an unknown type: " + type);
        };
    }
}
