package org.pgrehearsal.plugin.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pgrehearsal.plugin.config.PluginUse;
import org.pgrehearsal.plugin.config.Repository;
import org.pgrehearsal.plugin.config.Settings;

/**
 * Our container in a pod, with the volumes that it needs.
 *
 * @param image  the sidecar's image
 * @param mode   what it does: {@code instance} or {@code restore}
 * @param uses   the plugin entries that it serves
 */
record Sidecar(String image, String mode, List<PluginUse> uses) {
    static final String NAME = "plugin-pgbackrest";
    static final String HOME = "/pgbackrest";
    static final String SOCKETS = "/plugins";
    static final String SECRETS = "/pgbackrest-secrets";

    private static final ObjectMapper JSON = new ObjectMapper();

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
        JsonNode container = spec.path("containers").get(main);
        ArrayNode shared = JSON.createArrayNode().add(mount("plugins", SOCKETS, false));
        if (mode.equals("restore")) {
            // restore_command looks for our marks
            shared.add(mount("pgbackrest", HOME, false));
        }
        Stream.concat(
                        Stream.of(
                                volume("plugins").set("emptyDir", JSON.createObjectNode()),
                                volume("pgbackrest").set("emptyDir", JSON.createObjectNode())),
                        Stream.concat(secretVolumes(), claimVolumes()))
                .forEach(volume -> patch.put(at + "/volumes", spec.path("volumes"), volume));
        for (JsonNode mount : shared) {
            if (!hasMount(container, mount.path("mountPath").asText())) {
                patch.append(at + "/containers/" + main + "/volumeMounts", container.path("volumeMounts"), mount);
            }
        }
        patch.put(at + "/initContainers", spec.path("initContainers"), container(container));
        return patch;
    }

    private ObjectNode container(JsonNode main) {
        ObjectNode sidecar = JSON.createObjectNode();
        sidecar.put("name", NAME).put("image", image).put("restartPolicy", "Always");
        sidecar.putArray("args").add(mode);
        sidecar.set("env", environment(main));
        ArrayNode mounts = JSON.createArrayNode();
        main.path("volumeMounts").forEach(mount -> {
            String path = mount.path("mountPath").asText();
            if (!path.equals(SOCKETS) && !path.equals(HOME)) {
                mounts.add(mount);
            }
        });
        mounts.add(mount("plugins", SOCKETS, false)).add(mount("pgbackrest", HOME, false));
        secrets().forEach((secret, volume) -> mounts.add(mount(volume, SECRETS + "/" + secret, true)));
        claims().forEach((volume, repository) -> mounts.add(mount(volume, repository.path(), false)));
        sidecar.set("volumeMounts", mounts);
        ObjectNode resources = resources();
        if (!resources.isEmpty()) {
            sidecar.set("resources", resources);
        }
        ObjectNode probe = sidecar.putObject("startupProbe");
        probe.putObject("exec").putArray("command").add("test").add("-S").add(SOCKETS + "/" + names().getFirst());
        probe.put("periodSeconds", 1).put("failureThreshold", 30);
        ObjectNode security = sidecar.putObject("securityContext");
        security.put("allowPrivilegeEscalation", false)
                .put("privileged", false)
                .put("readOnlyRootFilesystem", true)
                .put("runAsNonRoot", true);
        security.putObject("capabilities").putArray("drop").add("ALL");
        security.putObject("seccompProfile").put("type", "RuntimeDefault");
        return sidecar;
    }

    private List<String> names() {
        return uses.stream().map(PluginUse::name).distinct().toList();
    }

    /** That of the container it serves, and the names that it answers to. */
    private ArrayNode environment(JsonNode main) {
        ArrayNode environment = JSON.createArrayNode();
        main.path("env").forEach(one -> {
            if (!one.path("name").asText().equals("PLUGIN_NAMES")) {
                environment.add(one);
            }
        });
        environment.addObject().put("name", "PLUGIN_NAMES").put("value", String.join(",", names()));
        return environment;
    }

    private ObjectNode resources() {
        Map<String, String> ours = uses.getFirst().settings().ours();
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

    /** Secrets and their volumes, in the order of their names. */
    private Map<String, String> secrets() {
        TreeSet<String> names = new TreeSet<>();
        repositories().forEach(repository -> {
            repository.secret().ifPresent(names::add);
            repository.ca().ifPresent(names::add);
        });
        Map<String, String> volumes = new LinkedHashMap<>();
        names.forEach(name -> volumes.put(name, "pgbackrest-secret-" + volumes.size()));
        return volumes;
    }

    /** A Secret that is not there yet must not keep PostgreSQL from starting: the sidecar says what it misses. */
    private Stream<JsonNode> secretVolumes() {
        return secrets().entrySet().stream().map(secret -> {
            ObjectNode volume = volume(secret.getValue());
            volume.putObject("secret").put("secretName", secret.getKey()).put("optional", true);
            return volume;
        });
    }

    /** Repositories on a volume, by the name of the volume; the same volume once, though two archives may be on it. */
    private Map<String, Repository> claims() {
        Map<String, Repository> byPath = new LinkedHashMap<>();
        repositories()
                .filter(repository -> repository.claim().isPresent())
                .forEach(repository -> byPath.putIfAbsent(repository.path(), repository));
        Map<String, Repository> claims = new LinkedHashMap<>();
        byPath.values().forEach(repository -> claims.put("pgbackrest-claim-" + claims.size(), repository));
        return claims;
    }

    private Stream<JsonNode> claimVolumes() {
        return claims().entrySet().stream().map(claim -> {
            ObjectNode volume = volume(claim.getKey());
            volume.putObject("persistentVolumeClaim")
                    .put("claimName", claim.getValue().claim().orElseThrow());
            return volume;
        });
    }

    private Stream<Repository> repositories() {
        return uses.stream()
                .map(PluginUse::settings)
                .map(Settings::repositories)
                .flatMap(List::stream);
    }

    private static ObjectNode volume(String name) {
        return JSON.createObjectNode().put("name", name);
    }

    private static ObjectNode mount(String volume, String path, boolean readOnly) {
        ObjectNode mount = JSON.createObjectNode().put("name", volume).put("mountPath", path);
        return readOnly ? mount.put("readOnly", true) : mount;
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
