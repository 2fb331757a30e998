package org.pgrehearsal.plugin.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Conditions in the status of an object, as Kubernetes' API conventions have them. */
public final class Conditions {
    private final JsonNode object;
    private final Clock clock;
    private final ArrayNode conditions = Api.JSON.createArrayNode();

    /**
     * New conditions of an object.
     *
     * @param object as it is now: a condition that does not change keeps its time
     */
    public Conditions(JsonNode object, Clock clock) {
        this.object = object;
        this.clock = clock;
    }

    public Conditions add(String type, boolean holds, String reason, String message) {
        String status = holds ? "True" : "False";
        JsonNode before = find(object, type);
        String since = before.path("status").asText().equals(status)
                ? before.path("lastTransitionTime").asText()
                : clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        conditions
                .addObject()
                .put("type", type)
                .put("status", status)
                .put("reason", reason)
                .put("message", message)
                .put("lastTransitionTime", since)
                .put("observedGeneration", object.at("/metadata/generation").asInt());
        return this;
    }

    /** Whether the object says all of this already. */
    public boolean present() {
        for (JsonNode one : conditions) {
            if (!one.equals(find(object, one.path("type").asText()))) {
                return false;
            }
        }
        return true;
    }

    /** What is to be applied: the object's identity and these conditions in its status. */
    public ObjectNode patch() {
        ObjectNode patch = Api.JSON.createObjectNode();
        patch.put("apiVersion", object.path("apiVersion").asText())
                .put("kind", object.path("kind").asText());
        patch.putObject("metadata").put("name", object.at("/metadata/name").asText());
        patch.putObject("status").set("conditions", conditions);
        return patch;
    }

    /** A condition by its type; missing if there is none. */
    public static JsonNode find(JsonNode object, String type) {
        for (JsonNode one : object.at("/status/conditions")) {
            if (one.path("type").asText().equals(type)) {
                return one;
            }
        }
        return Api.JSON.missingNode();
    }
}
