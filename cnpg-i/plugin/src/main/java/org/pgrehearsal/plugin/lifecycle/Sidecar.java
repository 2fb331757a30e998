package org.pgrehearsal.plugin.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pgrehearsal.plugin.config.Definition;
import org.pgrehearsal.plugin.config.Definitions;
import org.pgrehearsal.plugin.config.PluginUse;

/**
 * Our container in a pod, with the volumes that it needs.
 *
 * @param image  the sidecar's image
 * @param mode   what it does
 * @param uses   the plugin entries that it serves; the first says how it runs
 * @param definitions of the Archives that they name
 */
record Sidecar(String image, Mode mode, List<PluginUse> uses, Definitions definitions) {
    static final String NAME = "plugin-pgbackrest";
    /** Its own metrics, in Prometheus' text format. */
    static final int METRICS = 9488;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Beside an instance, or beside a recovery job. */
    enum Mode {
        INSTANCE,
        RESTORE;

        String argument() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Sidecar {
        uses = List.copyOf(uses);
    }

    /**
     * The patch of a pod, or of the template of one.
     *
     * @param at   the path of the pod's spec in the object
     * @param spec the spec
     * @param main the index of the container that it serves
     */
    JsonPatch patch(String at, JsonNode spec, int main) {
        JsonPatch patch = new JsonPatch();
        Volumes volumes = Volumes.of(uses, definitions);
        JsonNode container = spec.path("containers").get(main);
        volumes.volumes().forEach(volume -> patch.put(at + "/volumes", spec.path("volumes"), volume));
        ArrayNode shared = JSON.createArrayNode().add(Volumes.mount("plugins", Volumes.SOCKETS, false));
        if (mode == Mode.RESTORE) {
            // restore_command looks for our marks
            shared.add(Volumes.mount("pgbackrest", Volumes.HOME, false));
        }
        for (JsonNode mount : shared) {
            if (!hasMount(container, mount.path("mountPath").asText())) {
                patch.append(at + "/containers/" + main + "/volumeMounts", container.path("volumeMounts"), mount);
            }
        }
        patch.put(at + "/initContainers", spec.path("initContainers"), container(container, volumes));
        return patch;
    }

    private ObjectNode container(JsonNode main, Volumes volumes) {
        JsonNode wishes = uses.getFirst()
                .definition(definitions)
                .map(Definition::spec)
                .map(spec -> spec.path("sidecar"))
                .orElse(JSON.missingNode());
        ObjectNode sidecar = JSON.createObjectNode();
        sidecar.put("name", NAME).put("image", image).put("restartPolicy", "Always");
        sidecar.putArray("args").add(mode.argument());
        sidecar.set("env", environment(main, wishes.path("env")));
        sidecar.set("volumeMounts", mounts(main, volumes));
        if (mode == Mode.INSTANCE) {
            sidecar.putArray("ports")
                    .addObject()
                    .put("name", "pgbackrest")
                    .put("containerPort", METRICS)
                    .put("protocol", "TCP");
        }
        ObjectNode resources = resources();
        if (wishes.path("resources") instanceof ObjectNode wanted) {
            resources.setAll(wanted);
        }
        if (!resources.isEmpty()) {
            sidecar.set("resources", resources);
        }
        ObjectNode probe = sidecar.putObject("startupProbe");
        probe.putObject("exec")
                .putArray("command")
                .add("test")
                .add("-S")
                .add(Volumes.SOCKETS + "/" + names().getFirst());
        probe.put("periodSeconds", 1).put("failureThreshold", 30);
        sidecar.set("securityContext", security(wishes.path("securityContext")));
        return sidecar;
    }

    /** Everything that the container it serves has: the data, PostgreSQL's socket, and from CloudNativePG 1.31 on the API's token. */
    private static ArrayNode mounts(JsonNode main, Volumes volumes) {
        ArrayNode mounts = JSON.createArrayNode();
        Set<String> ours = new LinkedHashSet<>();
        volumes.mounts().forEach(mount -> ours.add(mount.path("mountPath").asText()));
        main.path("volumeMounts").forEach(mount -> {
            if (!ours.contains(mount.path("mountPath").asText())) {
                mounts.add(mount);
            }
        });
        volumes.mounts().forEach(mounts::add);
        return mounts;
    }

    /** What a restricted namespace asks for; an Archive may say more, not less by accident: it replaces field by field. */
    private static ObjectNode security(JsonNode wanted) {
        ObjectNode security = JSON.createObjectNode();
        security.put("allowPrivilegeEscalation", false)
                .put("privileged", false)
                .put("readOnlyRootFilesystem", true)
                .put("runAsNonRoot", true);
        security.putObject("capabilities").putArray("drop").add("ALL");
        security.putObject("seccompProfile").put("type", "RuntimeDefault");
        if (wanted instanceof ObjectNode object) {
            security.setAll(object);
        }
        return security;
    }

    private List<String> names() {
        return uses.stream().map(PluginUse::name).distinct().toList();
    }

    /** That of the container it serves, what the Archive adds, and the names that it answers to. */
    private ArrayNode environment(JsonNode main, JsonNode wanted) {
        ArrayNode environment = JSON.createArrayNode();
        Set<String> ours = new LinkedHashSet<>(Set.of("PLUGIN_NAMES"));
        wanted.forEach(one -> ours.add(one.path("name").asText()));
        main.path("env").forEach(one -> {
            if (!ours.contains(one.path("name").asText())) {
                environment.add(one);
            }
        });
        wanted.forEach(environment::add);
        environment.addObject().put("name", "PLUGIN_NAMES").put("value", String.join(",", names()));
        return environment;
    }

    /** Those of the parameters. */
    private ObjectNode resources() {
        Map<String, String> ours = uses.getFirst().settings(definitions).ours();
        ObjectNode resources = JSON.createObjectNode();
        for (String kind : List.of("request", "limit")) {
            for (String what : List.of("cpu", "memory")) {
                String value = ours.get("sidecar-" + what + "-" + kind);
                if (value != null) {
                    resources.withObjectProperty(kind + "s").put(what, value);
                }
            }
        }
        return resources;
    }

    private static boolean hasMount(JsonNode container, String path) {
        for (JsonNode mount : container.path("volumeMounts")) {
            if (mount.path("mountPath").asText().equals(path)) {
                return true;
            }
        }
        return false;
    }
}
