package org.pgrehearsal.plugin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.kubernetes.Kind;

/** The parts of a CloudNativePG Cluster that matter to us. Fields we do not know are ignored, fields that are missing are empty. */
public final class ClusterView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;

    private ClusterView(JsonNode root) {
        this.root = root;
    }

    /** The Cluster in a request. */
    public static ClusterView of(ByteString definition) {
        return new ClusterView(json(definition, "Cluster"));
    }

    /** The Cluster that the API has given. */
    public static ClusterView of(JsonNode root) {
        return new ClusterView(root);
    }

    /** Any object in a request. */
    public static JsonNode json(ByteString definition, String what) {
        try {
            JsonNode node = JSON.readTree(definition.newInput());
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            throw Refusal.badRequest("the " + what + " in the request is not JSON: " + e.getMessage());
        }
        throw Refusal.badRequest("the " + what + " in the request is not a JSON object");
    }

    public String name() {
        return text("/metadata/name");
    }

    public String namespace() {
        return text("/metadata/namespace");
    }

    /** The API group: CloudNativePG may run under another than its own. */
    public String group() {
        String version = text("/apiVersion");
        return version.substring(0, Math.max(version.indexOf('/'), 0));
    }

    /** A kind of CloudNativePG's, in this cluster's group. */
    public Kind kind(String plural) {
        return new Kind(group(), "v1", plural);
    }

    /** The account that its pods have: its own name unless it says another. */
    public String serviceAccount() {
        String other = text("/spec/serviceAccountName");
        return other.isEmpty() ? name() : other;
    }

    public boolean isBeingDeleted() {
        return !root.at("/metadata/deletionTimestamp").isMissingNode();
    }

    public String uid() {
        return text("/metadata/uid");
    }

    /** Enabled entries in {@code spec.plugins}. */
    public List<PluginUse> plugins() {
        List<PluginUse> uses = new ArrayList<>();
        JsonNode plugins = root.at("/spec/plugins");
        for (int i = 0; i < plugins.size(); i++) {
            use(plugins.get(i), namespace(), name(), List.of("spec", "plugins", Integer.toString(i)))
                    .ifPresent(uses::add);
        }
        return uses;
    }

    /** Enabled entries in {@code spec.externalClusters}. */
    public List<PluginUse> externalPlugins() {
        List<PluginUse> uses = new ArrayList<>();
        JsonNode clusters = root.at("/spec/externalClusters");
        for (int i = 0; i < clusters.size(); i++) {
            JsonNode cluster = clusters.get(i);
            use(
                            cluster.path("plugin"),
                            namespace(),
                            cluster.path("name").asText(),
                            List.of("spec", "externalClusters", Integer.toString(i), "plugin"))
                    .ifPresent(uses::add);
        }
        return uses;
    }

    /** All entries, this cluster's own first. */
    public List<PluginUse> allUses() {
        List<PluginUse> uses = new ArrayList<>(plugins());
        uses.addAll(externalPlugins());
        return uses;
    }

    /** The archive that this cluster writes. */
    public Optional<PluginUse> own() {
        return plugins().stream().findFirst();
    }

    /** The archive that it is bootstrapped from. */
    public Optional<PluginUse> recoverySource() {
        return external(text("/spec/bootstrap/recovery/source"));
    }

    /** The archive that it replicates. */
    public Optional<PluginUse> replicaSource() {
        return external(text("/spec/replica/source"));
    }

    private Optional<PluginUse> external(String name) {
        return externalPlugins().stream()
                .filter(use -> !name.isEmpty() && use.owner().equals(name))
                .findFirst();
    }

    /** Empty until the first primary is there: the cluster is being bootstrapped. */
    public String currentPrimary() {
        return text("/status/currentPrimary");
    }

    public String targetPrimary() {
        return text("/status/targetPrimary");
    }

    /** Whether it follows another cluster. */
    public boolean isReplica() {
        JsonNode replica = root.at("/spec/replica");
        if (replica.has("enabled")) {
            return replica.path("enabled").asBoolean();
        }
        String self = replica.path("self").asText(name());
        return replica.has("primary") && !replica.path("primary").asText().equals(self);
    }

    /** Whether it was told to stop following and has not done so yet. */
    public boolean promotionPending() {
        String token = text("/spec/replica/promotionToken");
        return !token.isEmpty() && !token.equals(text("/status/lastPromotionToken"));
    }

    /** Whether WAL has a volume of its own. */
    public boolean hasWalStorage() {
        return root.at("/spec/walStorage").isObject();
    }

    /** Whether the user said that the archive need not be empty. */
    public boolean skipsEmptyArchiveCheck() {
        return root.at("/metadata/annotations")
                .path("cnpg.io/skipEmptyWalArchiveCheck")
                .asText()
                .equals("enabled");
    }

    /** {@code recoveryTarget}, by its fields. */
    public Map<String, String> recoveryTarget() {
        Map<String, String> target = new LinkedHashMap<>();
        root.at("/spec/bootstrap/recovery/recoveryTarget").properties().stream()
                .filter(field -> !field.getValue().asText().isEmpty())
                .forEach(field -> target.put(field.getKey(), field.getValue().asText()));
        return target;
    }

    /** The whole of it. */
    public JsonNode root() {
        return root;
    }

    private String text(String pointer) {
        return root.at(pointer).asText();
    }

    private static Optional<PluginUse> use(JsonNode entry, String namespace, String owner, List<String> path) {
        String name = entry.path("name").asText();
        if (!PluginName.ALL.contains(name) || !entry.path("enabled").asBoolean(true)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        entry.path("parameters")
                .properties()
                .forEach(
                        field -> parameters.put(field.getKey(), field.getValue().asText()));
        return Optional.of(new PluginUse(
                name, namespace, owner, entry.path("isWALArchiver").asBoolean(false), path, parameters));
    }
}
