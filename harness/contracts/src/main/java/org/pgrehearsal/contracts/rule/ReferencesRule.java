package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.contracts.tree.Known;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.Rendering;
import org.pgrehearsal.contracts.tree.World;

/**
 * Every name of another object is the name of one that there will be, and every key of a Secret or ConfigMap is in it. Of a chart by itself only what
 * its values do not name is asked for: what they name, its user brings.
 */
record ReferencesRule() implements Rule {
    private static final Pattern HOST = Pattern.compile("\\b([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\\.([a-z0-9-]+)\\.svc\\b");
    /** Fields of an ObjectStore or a Cluster that are a key of a Secret. */
    private static final Set<String> SELECTORS =
            Set.of("accessKeyId", "secretAccessKey", "sessionToken", "region", "endpointCA");

    private static final Set<String> LOGINS = Set.of("superuserSecret", "passwordSecret", "initdbSecret");
    private static final Set<String> BUILTIN_ROLES = Set.of("cluster-admin", "admin", "edit", "view");

    @Override
    public String name() {
        return "references";
    }

    @Override
    public void check(World world, Report report) {
        for (Rendering rendering : world.renderings()) {
            // a component by itself names what an app brings, and what does not build makes less than it should
            if (rendering.kind() != Rendering.Kind.COMPONENT
                    && rendering.failures().isEmpty()) {
                Known known = new Known(rendering);
                rendering.manifests().forEach(object -> new Search(rendering, known, object, report).all());
            }
        }
    }

    private record Search(Rendering rendering, Known known, Manifest object, Report report) {
        void all() {
            Manifest.fields("", object.body()).forEach(field -> field(field.name(), field.value()));
            switch (object.kind()) {
                case "ScheduledBackup", "Backup", "Database", "Pooler" ->
                    needs("Cluster", object.namespace(), object.text("/spec/cluster/name"));
                case "RoleBinding", "ClusterRoleBinding" -> binding();
                case "StatefulSet" -> {
                    if (!object.text("/spec/serviceName").isEmpty()) {
                        needs("Service", object.namespace(), object.text("/spec/serviceName"));
                    }
                }
                case "Kustomization", "HelmRelease" -> flux();
                case "Cluster" -> cluster();
                case "Archive" -> archive();
                default -> {}
            }
        }

        private void field(String name, JsonNode value) {
            switch (name) {
                case "secretKeyRef" -> key("Secret", value);
                case "configMapKeyRef" -> key("ConfigMap", value);
                case "secretRef" -> named("Secret", value);
                case "configMapRef" -> named("ConfigMap", value);
                case "imagePullSecrets" -> named("Secret", value);
                case "secret" -> volume("Secret", value, value.has("secretName") ? "secretName" : "name");
                case "configMap" -> volume("ConfigMap", value, "name");
                case "serviceAccountName" -> {
                    if (value.isTextual() && !value.asText().equals("default")) {
                        needs("ServiceAccount", object.namespace(), value.asText());
                    }
                }
                case "barmanObjectName" -> needs("ObjectStore", object.namespace(), value.asText());
                default -> {
                    if (SELECTORS.contains(name) && value.has("name") && value.has("key")) {
                        key("Secret", value);
                    } else if (LOGINS.contains(name) && value.has("name")) {
                        named("Secret", value);
                    } else if (value.isTextual()) {
                        hosts(value.asText());
                    }
                }
            }
        }

        private void named(String kind, JsonNode value) {
            if (value.has("name") && !value.path("optional").asBoolean()) {
                String namespace = value.path("namespace").asText(object.namespace());
                needs(kind, namespace, value.path("name").asText());
            }
        }

        private void key(String kind, JsonNode value) {
            named(kind, value);
            if (value.has("key") && !value.path("optional").asBoolean()) {
                hasKey(kind, value.path("name").asText(), value.path("key").asText());
            }
        }

        private void volume(String kind, JsonNode value, String nameField) {
            if (!value.path(nameField).isTextual() || value.path("optional").asBoolean()) {
                return;
            }
            String name = value.path(nameField).asText();
            needs(kind, object.namespace(), name);
            for (JsonNode item : value.path("items")) {
                hasKey(kind, name, item.path("key").asText());
            }
        }

        private void hasKey(String kind, String name, String key) {
            if (known.lacksKey(kind, object.namespace(), name, key)) {
                report.refuse(object, "the " + kind + " " + name + " has no key " + key);
            }
        }

        private void needs(String kind, String namespace, String name) {
            report.looked();
            boolean brought = rendering.kind() == Rendering.Kind.CHART
                    && rendering.given().contains(name)
                    && !name.isEmpty();
            if (!brought && !known.has(kind, namespace, name)) {
                report.refuse(object, "it names the " + kind + " " + namespace + "/" + name + ", which nothing makes");
            }
        }

        private void hosts(String text) {
            Matcher host = HOST.matcher(text);
            while (host.find()) {
                String namespace = host.group(2);
                // what the lab serves is there before anything is applied
                if (!namespace.equals("lab") && !known.mayHaveMore(namespace)) {
                    needs("Service", namespace, host.group(1));
                }
            }
        }

        private void binding() {
            String role = object.text("/roleRef/name");
            if (object.text("/roleRef/kind").equals("ClusterRole")) {
                if (!BUILTIN_ROLES.contains(role)) {
                    needs("ClusterRole", "", role);
                }
            } else {
                needs("Role", object.namespace(), role);
            }
            for (JsonNode subject : object.each("/subjects")) {
                if (subject.path("kind").asText().equals("ServiceAccount")) {
                    needs(
                            "ServiceAccount",
                            subject.path("namespace").asText(object.namespace()),
                            subject.path("name").asText());
                }
            }
        }

        private void flux() {
            for (String pointer : new String[] {"/spec/sourceRef", "/spec/chartRef", "/spec/chart/spec/sourceRef"}) {
                JsonNode source = object.at(pointer);
                if (source.has("name")) {
                    needs(
                            source.path("kind").asText(),
                            source.path("namespace").asText(object.namespace()),
                            source.path("name").asText());
                }
            }
            for (JsonNode other : object.each("/spec/dependsOn")) {
                needs(
                        object.kind(),
                        other.path("namespace").asText(object.namespace()),
                        other.path("name").asText());
            }
            for (JsonNode from : object.each("/spec/valuesFrom")) {
                if (!from.path("optional").asBoolean()) {
                    String kind = from.path("kind").asText();
                    String name = from.path("name").asText();
                    needs(kind, object.namespace(), name);
                    hasKey(kind, name, from.path("valuesKey").asText("values.yaml"));
                }
            }
        }

        /** Of our pgBackRest plugin. */
        private void archive() {
            for (JsonNode repository : object.each("/spec/repositories")) {
                for (String secret : new String[] {
                    repository.at("/credentials/secret").asText(),
                    repository.path("caSecret").asText()
                }) {
                    if (!secret.isEmpty()) {
                        needs("Secret", object.namespace(), secret);
                    }
                }
            }
        }

        private void archives(JsonNode plugin) {
            if (plugin.path("name").asText().contains("pgbackrest")
                    && plugin.at("/parameters").has("archive")) {
                needs(
                        "Archive",
                        object.namespace(),
                        plugin.at("/parameters/archive").asText());
            }
        }

        private void cluster() {
            object.each("/spec/plugins").forEach(this::archives);
            object.each("/spec/externalClusters").forEach(external -> archives(external.path("plugin")));
            for (String pointer : new String[] {"/spec/bootstrap/recovery/source", "/spec/replica/source"}) {
                String source = object.text(pointer);
                boolean there = object.each("/spec/externalClusters").stream()
                        .anyMatch(external -> external.path("name").asText().equals(source));
                if (!source.isEmpty() && !there) {
                    report.refuse(object, pointer + " is " + source + ", which is not in externalClusters");
                }
            }
            if (object.at("/spec/bootstrap/initdb/secret").has("name")) {
                needs("Secret", object.namespace(), object.text("/spec/bootstrap/initdb/secret/name"));
            }
        }
    }
}
