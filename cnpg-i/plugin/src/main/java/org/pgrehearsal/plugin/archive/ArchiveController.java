package org.pgrehearsal.plugin.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.pgrehearsal.plugin.Pause;
import org.pgrehearsal.plugin.config.InvalidSettings;
import org.pgrehearsal.plugin.config.Settings;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.ApiError;
import org.pgrehearsal.plugin.kubernetes.Conditions;
import org.pgrehearsal.plugin.kubernetes.Events;
import org.pgrehearsal.plugin.kubernetes.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after Archives: says whether each can be meant so, and brings the valid ones into their ConfigMaps. */
public final class ArchiveController {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveController.class);
    /** All of them are looked at again this often, so that a ConfigMap that somebody deleted comes back. */
    private static final Duration ROUND = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final String OWNER = "plugin-pgbackrest-operator";

    private final Api api;
    private final Events events;
    private final Clock clock;
    private final Consumer<JsonNode> valid;

    /**
     * A controller of all Archives.
     *
     * @param valid is told each valid one, whenever it may have changed
     */
    public ArchiveController(Api api, Events events, Clock clock, Consumer<JsonNode> valid) {
        this.api = api;
        this.events = events;
        this.clock = clock;
        this.valid = valid;
    }

    /** Works until it is interrupted. */
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                round();
            } catch (ApiError | IllegalStateException e) {
                LOG.warn("Archives cannot be watched: {}", e.getMessage());
                Pause.of(PAUSE);
            }
        }
    }

    private void round() {
        String path = ArchiveObject.KIND.everywhere();
        JsonNode list = api.get(path)
                .orElseThrow(() ->
                        new IllegalStateException("the API knows no Archives: install the CustomResourceDefinition"));
        for (JsonNode archive : list.path("items")) {
            // the items of a list do not say what they are
            ObjectNode whole = archive.deepCopy();
            whole.put("apiVersion", ArchiveObject.KIND.apiVersion()).put("kind", "Archive");
            reconcile(whole);
        }
        api.watch(path, list.at("/metadata/resourceVersion").asText(), ROUND, event -> {
            switch (event.path("type").asText()) {
                case "ADDED", "MODIFIED" -> reconcile(event.path("object"));
                default -> {} // what is deleted takes its ConfigMap along; an error ends the answer
            }
        });
    }

    /** One Archive. */
    void reconcile(JsonNode archive) {
        Spec spec = Spec.of(archive.path("spec"));
        String name = archive.at("/metadata/name").asText();
        Conditions conditions = new Conditions(archive, clock);
        try {
            Settings settings = Settings.read(spec.parameters(), name);
            api.apply(
                    Kind.CONFIG_MAP.named(namespace(archive), ArchiveObject.configMap(name)),
                    OWNER,
                    configMap(archive, spec.parameters()));
            conditions.add(
                    ArchiveObject.READY,
                    true,
                    "Valid",
                    "stanza " + settings.stanza() + " in "
                            + settings.repositories().size() + " "
                            + (settings.repositories().size() == 1 ? "repository" : "repositories"));
            valid.accept(archive);
        } catch (InvalidSettings invalid) {
            String text = spec.explain(invalid);
            conditions.add(ArchiveObject.READY, false, "Invalid", text + " (pods keep what was valid before)");
            if (!conditions.present()) {
                events.warning(archive, "InvalidArchive", text);
            }
        }
        if (!conditions.present()) {
            api.apply(ArchiveObject.KIND.named(namespace(archive), name) + "/status", OWNER, conditions.patch());
        }
    }

    private static ObjectNode configMap(JsonNode archive, Map<String, String> parameters) {
        ObjectNode map = Api.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        String name = archive.at("/metadata/name").asText();
        ObjectNode metadata = map.putObject("metadata")
                .put("name", ArchiveObject.configMap(name))
                .put("namespace", namespace(archive));
        metadata.putObject("labels").put("app.kubernetes.io/managed-by", "plugin-pgbackrest");
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", ArchiveObject.KIND.apiVersion())
                .put("kind", "Archive")
                .put("name", name)
                .put("uid", archive.at("/metadata/uid").asText())
                .put("controller", true);
        map.putObject("data")
                .put(
                        ArchiveObject.FILE,
                        Api.JSON.valueToTree(new TreeMap<>(parameters)).toPrettyString());
        return map;
    }

    private static String namespace(JsonNode archive) {
        return archive.at("/metadata/namespace").asText();
    }
}
