package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.Pods;
import org.pgrehearsal.contracts.tree.World;

/** Every pod keeps to the restricted standard, has a root that it cannot write to, says its resources, and has no token that it does not need. */
record RestrictedRule() implements Rule {
    @Override
    public String name() {
        return "restricted";
    }

    @Override
    public void check(World world, Report report) {
        world.manifests()
                .forEach(object -> Pods.of(object).ifPresent(pods -> {
                    report.looked();
                    pod(pods, report);
                    if (pods.containers().isEmpty()) {
                        report.refuse(object, "its pod has no containers");
                    }
                    pods.containers().forEach(container -> container(pods, container, report));
                }));
    }

    private static void pod(Pods pods, Report report) {
        for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (pods.spec().path(field).asBoolean()) {
                report.refuse(pods.owner(), field + " must not be true");
            }
        }
        for (JsonNode volume : pods.spec().path("volumes")) {
            if (volume.has("hostPath")) {
                report.refuse(
                        pods.owner(),
                        "the volume " + volume.path("name").asText() + " is a hostPath: use another kind");
            }
        }
        JsonNode token = pods.spec().path("automountServiceAccountToken");
        String account = pods.spec().path("serviceAccountName").asText();
        if (!token.isBoolean()) {
            report.refuse(pods.owner(), "say automountServiceAccountToken: false, or true with a reason");
        } else if (token.asBoolean() && (account.isEmpty() || account.equals("default"))) {
            report.refuse(pods.owner(), "it mounts the token of the default ServiceAccount: give it one of its own");
        }
    }

    private static void container(Pods pods, JsonNode container, Report report) {
        Manifest owner = pods.owner();
        String name = "container " + container.path("name").asText() + ": ";
        JsonNode own = container.path("securityContext");
        JsonNode shared = pods.spec().path("securityContext");
        if (!either(own, shared, "runAsNonRoot").asBoolean()) {
            report.refuse(owner, name + "runAsNonRoot has to be true");
        }
        JsonNode user = either(own, shared, "runAsUser");
        if (!user.isIntegralNumber() || user.asLong() == 0) {
            report.refuse(owner, name + "runAsUser has to be a number other than 0");
        }
        if (!either(own, shared, "seccompProfile").path("type").asText().equals("RuntimeDefault")) {
            report.refuse(owner, name + "seccompProfile.type has to be RuntimeDefault");
        }
        if (!own.path("allowPrivilegeEscalation").isBoolean()
                || own.path("allowPrivilegeEscalation").asBoolean()) {
            report.refuse(owner, name + "allowPrivilegeEscalation has to be false");
        }
        if (own.path("privileged").asBoolean()) {
            report.refuse(owner, name + "privileged must not be true");
        }
        if (!own.path("readOnlyRootFilesystem").asBoolean()) {
            report.refuse(owner, name + "readOnlyRootFilesystem has to be true; mount an emptyDir where it writes");
        }
        List<String> dropped = Manifest.elements(own.at("/capabilities/drop")).stream()
                .map(JsonNode::asText)
                .toList();
        if (!dropped.contains("ALL") || !own.at("/capabilities/add").isEmpty()) {
            report.refuse(owner, name + "capabilities: drop has to be [ALL], with nothing added");
        }
        if (container.at("/resources/requests/memory").isMissingNode()
                || container.at("/resources/requests/cpu").isMissingNode()
                || container.at("/resources/limits/memory").isMissingNode()) {
            report.refuse(owner, name + "resources have to say requests of cpu and memory, and a limit of memory");
        }
    }

    private static JsonNode either(JsonNode own, JsonNode shared, String field) {
        return own.has(field) ? own.path(field) : shared.path(field);
    }
}
