package org.pgrehearsal.plugin.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.pgrehearsal.plugin.config.InvalidSettings;
import org.pgrehearsal.plugin.config.Violation;

/**
 * The spec of an Archive as parameters, and the way back: which field a parameter came from.
 *
 * @param parameters as a plugin entry could have them
 * @param origins    the path of each in the Archive, such as {@code spec.repositories[0].s3.bucket}
 */
record Spec(Map<String, String> parameters, Map<String, String> origins) {
    static Spec of(JsonNode spec) {
        Spec result = new Spec(new LinkedHashMap<>(), new LinkedHashMap<>());
        Field.GENERAL.forEach(field -> result.take(spec, field, "", "spec"));
        JsonNode repositories = spec.path("repositories");
        for (int i = 0; i < repositories.size(); i++) {
            JsonNode repository = repositories.get(i);
            String prefix = "repo" + (i + 1) + "-";
            String at = "spec.repositories[" + i + "]";
            for (String store : Field.STORES) {
                if (repository.has(store)) {
                    result.parameters.put(prefix + "type", store);
                    result.origins.put(prefix + "type", at + "." + store);
                }
            }
            Field.REPOSITORY.forEach(field -> result.take(repository, field, prefix, at));
        }
        return result;
    }

    private void take(JsonNode from, Field field, String prefix, String at) {
        // also where there is nothing: what is missing is named by its field, too
        origins.put(prefix + field.parameter(), at + field.pointer().replace('/', '.'));
        JsonNode value = from.at(field.pointer());
        if (value.isValueNode() && !value.isNull()) {
            parameters.put(prefix + field.parameter(), Field.text(value));
        }
    }

    /** What is wrong, in the words of the Archive. */
    String explain(InvalidSettings invalid) {
        return invalid.violations().stream().map(this::explain).collect(Collectors.joining("; "));
    }

    private String explain(Violation one) {
        return origins.getOrDefault(one.parameter(), one.parameter()) + ": " + one.message();
    }
}
