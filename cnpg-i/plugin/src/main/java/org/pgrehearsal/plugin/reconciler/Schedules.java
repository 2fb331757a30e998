package org.pgrehearsal.plugin.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.Definition;
import org.pgrehearsal.plugin.config.PluginUse;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.Kind;

/** The schedules of an Archive's repositories as ScheduledBackups of the Cluster that writes it. */
public final class Schedules {
    private static final String LABEL = "pgbackrest.pgrehearsal.org/schedules-of";

    private final Api api;

    public Schedules(Api api) {
        this.api = api;
    }

    /**
     * When an Archive has changed: CloudNativePG does not look at Archives, and may have no reason to reconcile their Clusters for hours.
     *
     * @param clusters CloudNativePG's kind of that name
     */
    public void follow(JsonNode archive, Kind clusters) {
        JsonNode writer = archive.at("/status/writer");
        String name = writer.path("cluster").asText();
        if (name.isEmpty()) {
            return;
        }
        api.get(clusters.named(archive.at("/metadata/namespace").asText(), name))
                .map(ClusterView::of)
                .filter(cluster -> cluster.uid().equals(writer.path("uid").asText()) && !cluster.isBeingDeleted())
                .ifPresent(cluster -> cluster.own()
                        .filter(use -> use.archive()
                                .filter(archive.at("/metadata/name").asText()::equals)
                                .isPresent())
                        .ifPresent(use -> keep(cluster, use, new Definition(Map.of(), archive.path("spec")))));
    }

    void keep(ClusterView cluster, PluginUse use, Definition definition) {
        Map<String, ObjectNode> wanted = new LinkedHashMap<>();
        JsonNode repositories = definition.spec().path("repositories");
        for (int i = 0; i < repositories.size(); i++) {
            int number = i + 1;
            repositories.get(i).path("schedules").properties().forEach(schedule -> {
                String name = cluster.name() + "-repo" + number + "-" + schedule.getKey();
                wanted.put(
                        name,
                        scheduled(
                                cluster,
                                use,
                                name,
                                number,
                                schedule.getKey(),
                                schedule.getValue().asText()));
            });
        }
        Kind kind = cluster.kind("scheduledbackups");
        wanted.forEach((name, object) -> api.apply(kind.named(cluster.namespace(), name), Access.OWNER, object));
        api.get(kind.in(cluster.namespace()) + "?labelSelector=" + LABEL + "%3D" + cluster.name())
                .ifPresent(list -> list.path("items").forEach(one -> {
                    String name = one.at("/metadata/name").asText();
                    if (!wanted.containsKey(name)) {
                        api.delete(
                                kind.named(cluster.namespace(), name),
                                one.at("/metadata/uid").asText());
                    }
                }));
    }

    private static ObjectNode scheduled(
            ClusterView cluster, PluginUse use, String name, int repository, String type, String schedule) {
        ObjectNode object = Access.object(cluster, cluster.kind("scheduledbackups"), "ScheduledBackup", name);
        object.withObject("/metadata/labels").put(LABEL, cluster.name());
        ObjectNode spec = object.putObject("spec")
                .put("schedule", schedule)
                .put("method", "plugin")
                .put("target", "primary")
                // without a first full backup the archive restores nothing
                .put("immediate", type.equals("full"))
                .put("backupOwnerReference", "cluster");
        spec.putObject("cluster").put("name", cluster.name());
        ObjectNode plugin = spec.putObject("pluginConfiguration").put("name", use.name());
        plugin.putObject("parameters").put("repo", Integer.toString(repository)).put("type", type);
        return object;
    }
}
