package org.pgrehearsal.plugin.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.archive.ArchiveObject;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.kubernetes.Api;

/** One Archive is written by one Cluster: who it is stands in the Archive's status, and another is refused before it has a pod. */
final class Writer {
    private static final String OWNER = "plugin-pgbackrest-writer";

    private final Api api;

    Writer(Api api) {
        this.api = api;
    }

    void claim(ClusterView cluster, String archive) {
        JsonNode object = api.get(ArchiveObject.KIND.named(cluster.namespace(), archive))
                .orElseThrow(() -> Refusal.precondition("there is no Archive " + archive + ": create it"));
        JsonNode writer = object.at("/status/writer");
        String name = writer.path("cluster").asText();
        if (writer.path("uid").asText().equals(cluster.uid())) {
            return;
        }
        if (!name.isEmpty()
                && !name.equals(cluster.name())
                && lives(cluster, name, writer.path("uid").asText())) {
            throw Refusal.precondition("Archive " + archive + " is written by Cluster " + name
                    + ": two clusters in one archive restore neither; give " + cluster.name()
                    + " an Archive of its own");
        }
        ObjectNode patch = Api.JSON
                .createObjectNode()
                .put("apiVersion", ArchiveObject.KIND.apiVersion())
                .put("kind", "Archive");
        patch.putObject("metadata").put("name", archive);
        patch.putObject("status")
                .putObject("writer")
                .put("cluster", cluster.name())
                .put("uid", cluster.uid());
        api.apply(ArchiveObject.KIND.named(cluster.namespace(), archive) + "/status", OWNER, patch);
    }

    /** A Cluster that has gone writes no more, and one that was made anew under its name is another. */
    private boolean lives(ClusterView asking, String name, String uid) {
        return api.get(asking.kind("clusters").named(asking.namespace(), name))
                .filter(other -> other.at("/metadata/uid").asText().equals(uid))
                .isPresent();
    }
}
