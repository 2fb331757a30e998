package org.pgrehearsal.plugin.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kubernetes Events: what a person should see with {@code kubectl describe}. The same thing is said at most once in ten minutes. */
public final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final int LONGEST = 1000;

    private final Api api;
    private final String component;
    private final Clock clock;
    private final Map<String, Instant> said = new ConcurrentHashMap<>();

    /**
     * Events of one program.
     *
     * @param component who says it
     */
    public Events(Api api, String component, Clock clock) {
        this.api = api;
        this.component = component;
        this.clock = clock;
    }

    /** Something that somebody has to do something about. */
    public void warning(JsonNode about, String reason, String message) {
        say(about, "Warning", reason, message);
    }

    /** Something worth knowing. */
    public void normal(JsonNode about, String reason, String message) {
        say(about, "Normal", reason, message);
    }

    private void say(JsonNode about, String type, String reason, String message) {
        Instant now = clock.instant();
        String key = about.at("/metadata/uid").asText() + " " + reason;
        Instant before = said.put(key, now);
        if (type.equals("Warning") && before != null && before.plus(QUIET).isAfter(now)) {
            said.put(key, before);
            return;
        }
        String namespace = about.at("/metadata/namespace").asText();
        ObjectNode event = Api.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata").put("generateName", component + "-").put("namespace", namespace);
        event.putObject("involvedObject")
                .put("apiVersion", about.path("apiVersion").asText())
                .put("kind", about.path("kind").asText())
                .put("namespace", namespace)
                .put("name", about.at("/metadata/name").asText())
                .put("uid", about.at("/metadata/uid").asText());
        String text = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
        event.put("type", type)
                .put("reason", reason)
                .put("message", text)
                .put(
                        "firstTimestamp",
                        now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString())
                .put(
                        "lastTimestamp",
                        now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString())
                .put("count", 1);
        event.putObject("source").put("component", component);
        try {
            api.create(Kind.EVENT.in(namespace), event);
        } catch (ApiError e) {
            LOG.warn("an event could not be written ({}): {}", reason, e.getMessage());
        }
    }
}
