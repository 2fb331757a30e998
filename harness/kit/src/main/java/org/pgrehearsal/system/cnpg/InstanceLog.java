package org.pgrehearsal.system.cnpg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the instance manager and the plugin's sidecar log: JSON, one object a line, PostgreSQL's own messages within. */
public final class InstanceLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private InstanceLog() {}

    /** PostgreSQL's messages, as it writes them to standard error with the prefix {@code %m [%p]}. */
    public static List<String> ofPostgres(List<String> lines) {
        List<String> messages = new ArrayList<>();
        for (String line : lines) {
            object(line).map(object -> object.path("record")).ifPresent(record -> {
                if (record.has("error_severity")) {
                    messages.add(record.path("log_time").asText() + " ["
                            + record.path("process_id").asText() + "] "
                            + record.path("error_severity").asText() + ":  "
                            + record.path("message").asText());
                }
            });
        }
        return messages;
    }

    /** What the programs around the server call an error, one line each, without the stack. */
    public static List<String> errors(List<String> lines) {
        List<String> errors = new ArrayList<>();
        for (String line : lines) {
            Optional<JsonNode> object = object(line);
            if (object.isEmpty()) {
                continue;
            }
            JsonNode entry = object.get();
            if (entry.path("level").asText().equals("error")
                    || entry.path("pipe").asText().equals("stderr")) {
                String error = entry.path("error").asText();
                String message = entry.path("msg").asText();
                errors.add((error.isEmpty() ? message : message + ": " + error).strip());
            }
        }
        return errors;
    }

    /** What was said that has some words in it; the plugin puts what it is about before them. */
    public static List<String> saying(String words, List<String> lines) {
        return lines.stream()
                .flatMap(line -> object(line).stream())
                .map(entry -> entry.path("msg").asText())
                .filter(message -> message.contains(words))
                .toList();
    }

    private static Optional<JsonNode> object(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            // the last line of a log that is still being written
            return Optional.empty();
        }
    }
}
