package org.pgrehearsal.plugin.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * An Archive that a plugin entry names instead of describing the archive itself.
 *
 * @param parameters as if they stood in the entry
 * @param spec       the Archive's, for what no parameter says: schedules, and how the sidecar runs; empty in a sidecar
 */
public record Definition(Map<String, String> parameters, JsonNode spec) {
    public Definition {
        parameters = Map.copyOf(parameters);
    }
}
