package org.pgrehearsal.plugin.pgbackrest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pgrehearsal.plugin.Refusal;

/**
 * What {@code pgbackrest info} says of a stanza.
 *
 * @param repositories their state, by number
 * @param databases    the clusters that the stanza has known, oldest first
 * @param archives     the ranges of WAL
 * @param backups      oldest first
 */
public record RepositoryInfo(
        List<State> repositories, List<Database> databases, List<Archive> archives, List<Backup> backups) {
    /** An error in it may quote what a wrong key made of a file. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private static final int OK = 0;
    private static final int NO_STANZA = 1;
    private static final int NO_BACKUP = 2;
    private static final int OTHER = 99;

    /** A repository: what is the matter with it. */
    public record State(int repository, int code, String message) {}

    /** A cluster. */
    public record Database(int repository, int id, String systemIdentifier, int majorVersion) {}

    /** The WAL of one cluster in one repository. */
    public record Archive(int repository, int database, String id, String min, String max) {}

    /** A backup, complete. */
    public record Backup(
            int repository,
            int database,
            String label,
            String type,
            String prior,
            boolean error,
            Instant start,
            Instant stop,
            String lsnStart,
            String lsnStop,
            String walStart,
            String walStop,
            long size,
            long repositorySize,
            Map<String, String> annotations) {
        public Backup {
            annotations = Map.copyOf(annotations);
        }

        public int timeline() {
            return Integer.parseInt(WalName.timeline(walStart), 16);
        }
    }

    public RepositoryInfo {
        repositories = List.copyOf(repositories);
        databases = List.copyOf(databases);
        archives = List.copyOf(archives);
        backups = List.copyOf(backups);
    }

    /** Asks all repositories of an archive. */
    public static RepositoryInfo of(PgBackRest archive) {
        RepositoryInfo info = parse(archive.read("info", "--output=json"));
        return info.repositories.stream().anyMatch(state -> state.code == OTHER)
                ? info.explained(archive.read("info", "--output=text"))
                : info;
    }

    static RepositoryInfo parse(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json).path(0);
        } catch (JsonProcessingException e) {
            throw Refusal.unavailable("pgbackrest info printed no JSON: " + e.getOriginalMessage());
        }
        List<State> states = new ArrayList<>();
        for (JsonNode one : root.path("repo")) {
            JsonNode status = one.path("status");
            states.add(new State(
                    one.path("key").asInt(),
                    status.path("code").asInt(),
                    status.path("message").asText()));
        }
        List<Database> databases = new ArrayList<>();
        for (JsonNode one : root.path("db")) {
            databases.add(new Database(
                    one.path("repo-key").asInt(),
                    one.path("id").asInt(),
                    Long.toUnsignedString(one.path("system-id").asLong()),
                    (int) Double.parseDouble(one.path("version").asText("0"))));
        }
        databases.sort(Comparator.comparingInt(Database::id));
        List<Archive> archives = new ArrayList<>();
        for (JsonNode one : root.path("archive")) {
            if (one.path("min").isTextual()) {
                archives.add(new Archive(
                        one.at("/database/repo-key").asInt(),
                        one.at("/database/id").asInt(),
                        one.path("id").asText(),
                        one.path("min").asText(),
                        one.path("max").asText()));
            }
        }
        List<Backup> backups = new ArrayList<>();
        for (JsonNode one : root.path("backup")) {
            backups.add(backup(one));
        }
        backups.sort(Comparator.comparing(Backup::stop));
        return new RepositoryInfo(states, databases, archives, backups);
    }

    private static Backup backup(JsonNode one) {
        Map<String, String> annotations = new LinkedHashMap<>();
        one.path("annotation")
                .properties()
                .forEach(field ->
                        annotations.put(field.getKey(), field.getValue().asText()));
        return new Backup(
                one.at("/database/repo-key").asInt(),
                one.at("/database/id").asInt(),
                one.path("label").asText(),
                one.path("type").asText(),
                one.path("prior").asText(""),
                one.path("error").asBoolean(false),
                Instant.ofEpochSecond(one.at("/timestamp/start").asLong()),
                Instant.ofEpochSecond(one.at("/timestamp/stop").asLong()),
                one.at("/lsn/start").asText(),
                one.at("/lsn/stop").asText(),
                one.at("/archive/start").asText(),
                one.at("/archive/stop").asText(),
                one.at("/info/size").asLong(),
                one.at("/info/repository/delta").asLong(),
                annotations);
    }

    /** The JSON says only "other" where the text says what. */
    private RepositoryInfo explained(String text) {
        String why = text.lines().map(String::strip).collect(Collectors.joining(" | "));
        return new RepositoryInfo(
                repositories.stream()
                        .map(state -> state.code == OTHER ? new State(state.repository, OTHER, why) : state)
                        .toList(),
                databases,
                archives,
                backups);
    }

    /** Fails if a repository could not be read: then nothing that this says of it counts. */
    public RepositoryInfo orUnreadable() {
        repositories.stream()
                .filter(state -> state.code != OK && state.code != NO_STANZA && state.code != NO_BACKUP)
                .findFirst()
                .ifPresent(state -> {
                    throw Failure.of("info", state.code, "repo" + state.repository + ": " + state.message)
                            .refusal();
                });
        if (repositories.isEmpty()) {
            throw Refusal.unavailable("pgbackrest info named no repository");
        }
        return this;
    }

    /** Whether a repository lacks the stanza. */
    public boolean lacksStanza() {
        return repositories.stream().anyMatch(state -> state.code == NO_STANZA);
    }

    /** The cluster that a repository's stanza is for now. */
    public Optional<Database> current(int repository) {
        return databases.stream()
                .filter(database -> database.repository == repository)
                .reduce((_, later) -> later);
    }

    /** The WAL of that cluster. */
    public Optional<Archive> archive(int repository) {
        return current(repository)
                .flatMap(database -> archives.stream()
                        .filter(archive -> archive.repository == repository && archive.database == database.id)
                        .findFirst());
    }

    /** A backup by an annotation of ours. */
    public Optional<Backup> annotated(String name, String value) {
        return backups.stream()
                .filter(backup -> value.equals(backup.annotations.get(name)))
                .reduce((_, later) -> later);
    }
}
