package org.pgrehearsal.contracts.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pods that an object of Kubernetes' own kinds makes. What an operator makes of its own kinds is the operator's: CNPG gives its instances a
 * restricted security context by itself, and has no field to say so; a postgresql of Zalando's runs Spilo, whose supervisor writes to its root.
 *
 * @param owner     the object
 * @param spec      of the pod
 * @param pointer   where that is in the object, for messages
 */
public record Pods(Manifest owner, JsonNode spec, String pointer) {
    private static final Map<String, String> TEMPLATES = Map.of(
            "Pod", "/spec",
            "Deployment", "/spec/template/spec",
            "ReplicaSet", "/spec/template/spec",
            "StatefulSet", "/spec/template/spec",
            "DaemonSet", "/spec/template/spec",
            "Job", "/spec/template/spec",
            "CronJob", "/spec/jobTemplate/spec/template/spec");

    /** The pods of an object, if it makes any. */
    public static Optional<Pods> of(Manifest object) {
        String pointer = TEMPLATES.get(object.kind());
        return pointer == null || object.at(pointer).isMissingNode()
                ? Optional.empty()
                : Optional.of(new Pods(object, object.at(pointer), pointer));
    }

    /** Every container, the initial ones first. */
    public List<JsonNode> containers() {
        List<JsonNode> containers = new ArrayList<>(Manifest.elements(spec.path("initContainers")));
        containers.addAll(Manifest.elements(spec.path("containers")));
        return containers;
    }
}
