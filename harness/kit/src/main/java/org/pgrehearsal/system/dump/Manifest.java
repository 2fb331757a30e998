package org.pgrehearsal.system.dump;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a dump consists of and what is in it. It is written last: a dump without one is not complete.
 *
 * @param label     the dump's own name, which its keys begin with
 * @param started   when, in ISO form
 * @param server    version of the server
 * @param tool      version of {@code pg_dump}
 * @param globals   roles and tablespaces
 * @param databases each in a snapshot of its own
 */
@JsonPropertyOrder(alphabetic = true)
record Manifest(String label, String started, String server, String tool, Part globals, List<Database> databases) {
    /** The version of this form. */
    static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** One object: its key, the SHA-256 of its content in hexadecimal, its size in bytes. */
    record Part(String key, String sha256, long size) {}

    /**
     * One database.
     *
     * @param snapshot {@code pg_current_snapshot()} of what was dumped
     * @param parts    the same content in each format
     * @param contents what the snapshot saw
     */
    record Database(String name, String snapshot, Map<DumpFormat, Part> parts, Contents contents) {
        Database {
            parts = Map.copyOf(new TreeMap<>(parts));
        }
    }

    /**
     * What is in a database.
     *
     * @param tables       rows by qualified table name
     * @param largeObjects how many there are
     * @param sequences    last value by qualified name; not part of any snapshot, so it may be older than the dump's
     */
    record Contents(SortedMap<String, Long> tables, long largeObjects, SortedMap<String, Long> sequences) {}

    /** A manifest that cannot be trusted; the message is one line. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    byte[] bytes() {
        try {
            JsonNode body = JSON.valueToTree(this);
            ObjectNode whole = JSON.createObjectNode();
            whole.put("version", VERSION);
            whole.put("sha256", digest(body));
            whole.set("dump", body);
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(whole);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is always JSON", e);
        }
    }

    /**
     * Reads a manifest.
     *
     * @param label the dump that it must be of
     * @throws Unusable if it is no manifest, of another version or dump, or was altered
     */
    static Manifest read(byte[] bytes, String label) throws Unusable {
        try {
            JsonNode whole = JSON.readTree(bytes);
            if (!whole.path("version").isInt()) {
                throw new Unusable("the manifest is unreadable: it has no version");
            }
            if (whole.path("version").asInt() != VERSION) {
                throw new Unusable(
                        "the manifest has version " + whole.path("version").asText() + ", this tool reads " + VERSION);
            }
            JsonNode body = whole.path("dump");
            if (!digest(body).equals(whole.path("sha256").asText())) {
                throw new Unusable("the manifest was altered: its own SHA-256 does not fit");
            }
            Manifest manifest = JSON.treeToValue(body, Manifest.class);
            if (!manifest.label().equals(label)) {
                throw new Unusable("the manifest is of dump " + manifest.label() + ", not " + label);
            }
            return manifest;
        } catch (JacksonException e) {
            throw new Unusable("the manifest is unreadable: "
                    + e.getOriginalMessage().lines().findFirst().orElse("no JSON"));
        } catch (IOException e) {
            throw new Unusable("the manifest is unreadable: " + e.getMessage());
        }
    }

    /** Over the fields and their order, not over white space. */
    private static String digest(JsonNode body) throws JsonProcessingException {
        return Digest.of(JSON.writeValueAsBytes(body));
    }
}
