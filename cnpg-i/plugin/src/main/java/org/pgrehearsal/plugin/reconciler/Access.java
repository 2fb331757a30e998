package org.pgrehearsal.plugin.reconciler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.pgrehearsal.plugin.archive.ArchiveObject;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.Kind;

/**
 * What the sidecars of a Cluster may do in the API, through the account that CloudNativePG gives its pods: look at their Cluster and its Archive, say
 * how the repositories are, write Events, and delete Backup objects whose backup has expired.
 */
final class Access {
    static final String OWNER = "plugin-pgbackrest-operator";

    private final Api api;

    Access(Api api) {
        this.api = api;
    }

    void grant(ClusterView cluster) {
        String name = cluster.name() + "-pgbackrest";
        api.apply(Kind.ROLE.named(cluster.namespace(), name), OWNER, role(cluster, name));
        api.apply(Kind.ROLE_BINDING.named(cluster.namespace(), name), OWNER, binding(cluster, name));
    }

    private static ObjectNode role(ClusterView cluster, String name) {
        ObjectNode role = object(cluster, Kind.ROLE, "Role", name);
        ArrayNode rules = role.putArray("rules");
        String group = cluster.group();
        rule(rules, group, "clusters", "get").putArray("resourceNames").add(cluster.name());
        rule(rules, group, "backups", "get", "list", "delete");
        rule(rules, "", "events", "create");
        List<String> archives = cluster.plugins().stream()
                .flatMap(use -> use.archive().stream())
                .toList();
        if (!archives.isEmpty()) {
            ArrayNode read =
                    rule(rules, ArchiveObject.KIND.group(), "archives", "get").putArray("resourceNames");
            ArrayNode write = rule(rules, ArchiveObject.KIND.group(), "archives/status", "patch")
                    .putArray("resourceNames");
            archives.forEach(archive -> {
                read.add(archive);
                write.add(archive);
            });
        }
        return role;
    }

    private static ObjectNode binding(ClusterView cluster, String name) {
        ObjectNode binding = object(cluster, Kind.ROLE_BINDING, "RoleBinding", name);
        binding.putObject("roleRef")
                .put("apiGroup", Kind.ROLE.group())
                .put("kind", "Role")
                .put("name", name);
        binding.putArray("subjects")
                .addObject()
                .put("kind", "ServiceAccount")
                .put("name", cluster.serviceAccount())
                .put("namespace", cluster.namespace());
        return binding;
    }

    private static ObjectNode rule(ArrayNode rules, String group, String resource, String... verbs) {
        ObjectNode rule = rules.addObject();
        rule.putArray("apiGroups").add(group);
        rule.putArray("resources").add(resource);
        ArrayNode all = rule.putArray("verbs");
        for (String verb : verbs) {
            all.add(verb);
        }
        return rule;
    }

    /** An object that goes with the Cluster. */
    static ObjectNode object(ClusterView cluster, Kind of, String kind, String name) {
        ObjectNode object =
                Api.JSON.createObjectNode().put("apiVersion", of.apiVersion()).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name).put("namespace", cluster.namespace());
        metadata.putObject("labels").put("app.kubernetes.io/managed-by", "plugin-pgbackrest");
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", cluster.root().path("apiVersion").asText())
                .put("kind", "Cluster")
                .put("name", cluster.name())
                .put("uid", cluster.uid());
        return object;
    }
}
