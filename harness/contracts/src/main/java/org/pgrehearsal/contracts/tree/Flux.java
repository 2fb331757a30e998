package org.pgrehearsal.contracts.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pgrehearsal.contracts.text.Substitution;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.contracts.tool.Toolbox;

/** Renders one cluster as Flux would: from its folder through every Kustomization and every HelmRelease of our own charts. */
final class Flux {
    static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io";
    static final String HELM = "helm.toolkit.fluxcd.io";

    static final String COMPONENTS = "kubernetes/components";

    private static final String STUB = """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            namespace: example
            resources: [cluster.yaml]
            """;
    private static final String STUB_CLUSTER = """
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata:
              name: ${APP}
            spec:
              instances: 1
              imageName: ghcr.io/cloudnative-pg/postgresql:17.5
              bootstrap:
                initdb:
                  database: app
              storage:
                size: 1Gi
            """;
    private static final String SWITCH = "kustomize.toolkit.fluxcd.io/substitute";
    private static final String ROOT = "flux-system";

    private final Kustomize kustomize;
    private final Helm helm;
    private final Toolbox tools;

    private final List<Manifest> manifests = new ArrayList<>();
    private final List<Rendering.Failure> failures = new ArrayList<>();
    private final List<Rendering.Lack> lacks = new ArrayList<>();
    private final Map<String, Set<String>> used = new HashMap<>();

    Flux(Kustomize kustomize, Helm helm, Toolbox tools) {
        this.kustomize = kustomize;
        this.helm = helm;
        this.tools = tools;
    }

    Rendering render(String folder) {
        Manifest root = root(folder);
        Deque<Manifest> waiting = new ArrayDeque<>(List.of(root));
        Set<String> seen = new HashSet<>(List.of(root.title()));
        Set<String> folders = new HashSet<>();
        while (!waiting.isEmpty()) {
            Manifest next = waiting.remove();
            boolean self = next.title().endsWith("/" + ROOT) && !folders.add(path(next));
            for (Manifest object : self ? List.<Manifest>of() : build(next)) {
                manifests.add(object);
                if (object.is(KUSTOMIZE, "Kustomization") && seen.add(object.title()) && local(object)) {
                    waiting.add(object);
                }
                if (object.is(HELM, "HelmRelease")) {
                    manifests.addAll(release(object));
                }
            }
        }
        String name = folder.substring(folder.lastIndexOf('/') + 1);
        return new Rendering(
                "cluster " + name, Rendering.Kind.CLUSTER, manifests, failures, lacks, "", unusedSettings());
    }

    /**
     * A component that no cluster uses, on a database of its own, after the components in whose folders it is: better judged like this than not at
     * all. A variable has the value of a cluster's settings, or its default, or a word.
     */
    Rendering component(String folder, Path copy, Map<String, String> settings) {
        String name = folder.substring(COMPONENTS.length() + 1);
        String stub = "unused/" + name.replace('/', '-');
        Toolbox.write(copy.resolve(stub).resolve("kustomization.yaml"), STUB);
        Toolbox.write(copy.resolve(stub).resolve("cluster.yaml"), STUB_CLUSTER);
        ObjectNode flux = kustomization("example", stub);
        ArrayNode components = flux.withObject("/spec").putArray("components");
        for (int slash = COMPONENTS.length(); slash > 0; slash = folder.indexOf('/', slash + 1)) {
            int next = folder.indexOf('/', slash + 1);
            components.add("../../" + (next < 0 ? folder : folder.substring(0, next)));
        }
        ObjectNode values = flux.withObject("/spec/postBuild/substitute");
        settings.forEach(values::put);
        values.put("APP", "example").put("NAMESPACE", "example");
        Manifest kustomization =
                new Manifest(flux, new Origin(folder + "/kustomization.yaml", "Kustomization example of " + name));
        build(kustomization);
        lacks.forEach(lack -> values.put(lack.expression().replaceAll("[${}]", ""), "example"));
        failures.clear();
        manifests.addAll(build(kustomization));
        return new Rendering(
                "component " + name, Rendering.Kind.COMPONENT, manifests, failures, List.of(), "", Map.of());
    }

    private static Manifest root(String folder) {
        return new Manifest(kustomization(ROOT, folder), new Origin(folder, "the cluster's own folder"));
    }

    private static ObjectNode kustomization(String name, String folder) {
        ObjectNode kustomization = Yaml.JSON.createObjectNode();
        kustomization.put("apiVersion", KUSTOMIZE + "/v1").put("kind", "Kustomization");
        kustomization.putObject("metadata").put("name", name).put("namespace", ROOT);
        kustomization.putObject("spec").put("path", "./" + folder);
        return kustomization;
    }

    private static String path(Manifest kustomization) {
        return Path.of(kustomization.text("/spec/path")).normalize().toString();
    }

    /** What comes from another repository is not ours to render. */
    private static boolean local(Manifest kustomization) {
        return kustomization.text("/spec/sourceRef/kind").equals("GitRepository")
                && kustomization.text("/spec/sourceRef/name").equals(ROOT);
    }

    private List<Manifest> build(Manifest kustomization) {
        List<Manifest> objects = new ArrayList<>();
        try {
            Optional<Map<String, String>> variables = variables(kustomization);
            for (Kustomize.Built built : kustomize.build(path(kustomization), kustomization.body())) {
                object(built, kustomization, variables).ifPresent(objects::add);
            }
        } catch (Kustomize.Failed | Yaml.Malformed e) {
            failures.add(new Rendering.Failure(
                    kustomization.origin(), kustomization.title(), String.valueOf(e.getMessage())));
        }
        return objects;
    }

    private Optional<Manifest> object(Kustomize.Built built, Manifest by, Optional<Map<String, String>> variables)
            throws Yaml.Malformed {
        Origin origin = new Origin(built.file(), by.title());
        Manifest before = new Manifest(Yaml.mapping(built.text()), origin);
        String text = built.text();
        boolean off = "disabled".equals(before.texts("/metadata/annotations").get(SWITCH))
                || "disabled".equals(before.texts("/metadata/labels").get(SWITCH));
        if (variables.isPresent() && !off) {
            Substitution substitution = Substitution.of(text, variables.get());
            substitution
                    .undefined()
                    .forEach(name -> lacks.add(new Rendering.Lack(origin, before.title(), "${" + name + "}", false)));
            substitution
                    .foreign()
                    .forEach(expression -> lacks.add(new Rendering.Lack(origin, before.title(), expression, true)));
            used.computeIfAbsent(by.title(), _ -> new TreeSet<>()).addAll(substitution.used());
            text = substitution.text();
        }
        ObjectNode body;
        try {
            body = Yaml.mapping(text);
        } catch (Yaml.Malformed e) {
            failures.add(new Rendering.Failure(
                    origin, before.title(), "no YAML any more after the substitution: " + e.getMessage()));
            return Optional.empty();
        }
        Kustomize.forgetOrigin(body);
        JsonNode common = by.at("/spec/commonMetadata");
        for (String what : List.of("labels", "annotations")) {
            common.path(what)
                    .properties()
                    .forEach(entry -> body.withObject("/metadata/" + what).set(entry.getKey(), entry.getValue()));
        }
        return Optional.of(new Manifest(body, origin));
    }

    /** Nothing if the Kustomization asks for no substitution: then a ${VAR} stays as it is. */
    private Optional<Map<String, String>> variables(Manifest kustomization) {
        JsonNode postBuild = kustomization.at("/spec/postBuild");
        if (postBuild.isMissingNode()) {
            return Optional.empty();
        }
        Map<String, String> variables = new TreeMap<>();
        for (JsonNode from : postBuild.path("substituteFrom")) {
            Optional<Manifest> source = find(
                    from.path("kind").asText(),
                    kustomization.namespace(),
                    from.path("name").asText());
            if (source.isEmpty() && !from.path("optional").asBoolean()) {
                failures.add(new Rendering.Failure(
                        kustomization.origin(),
                        kustomization.title(),
                        "substituteFrom names the " + from.path("kind").asText() + " "
                                + from.path("name").asText() + ", which nothing makes"));
            }
            source.ifPresent(object -> variables.putAll(values(object)));
        }
        postBuild
                .path("substitute")
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
        return Optional.of(variables);
    }

    private Optional<Manifest> find(String kind, String namespace, String name) {
        return manifests.stream()
                .filter(object -> object.is("", kind)
                        && object.namespace().equals(namespace)
                        && object.name().equals(name))
                .findFirst();
    }

    /** What is encrypted stays unknown: its ciphertext would say nothing, so a word stands for it. */
    private static Map<String, String> values(Manifest source) {
        boolean encrypted = source.body().has("sops");
        Map<String, String> values = new TreeMap<>();
        source.texts("/data")
                .forEach((key, value) -> values.put(
                        key,
                        encrypted
                                ? "encrypted"
                                : source.kind().equals("Secret")
                                        ? new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)
                                        : value));
        source.texts("/stringData").forEach((key, value) -> values.put(key, encrypted ? "encrypted" : value));
        return values;
    }

    private List<Manifest> release(Manifest release) {
        String chart = release.text("/spec/chart/spec/chart");
        if (!release.text("/spec/chart/spec/sourceRef/kind").equals("GitRepository")) {
            return List.of();
        }
        String folder = Path.of(chart).normalize().toString();
        try {
            ObjectNode values = Yaml.JSON.createObjectNode();
            for (JsonNode from : release.each("/spec/valuesFrom")) {
                find(
                                from.path("kind").asText(),
                                release.namespace(),
                                from.path("name").asText())
                        .map(Flux::values)
                        .map(data -> data.get(from.path("valuesKey").asText("values.yaml")))
                        .ifPresent(text -> valuesFrom(release, from, text, values));
            }
            merge(values, release.at("/spec/values"));
            Path file = Toolbox.write(tools.directory("values").resolve("values.yaml"), Yaml.write(values));
            String namespace = release.text("/spec/targetNamespace").isEmpty()
                    ? release.namespace()
                    : release.text("/spec/targetNamespace");
            String prefix = release.text("/spec/targetNamespace").isEmpty() ? "" : namespace + "-";
            String name = release.text("/spec/releaseName").isEmpty()
                    ? prefix + release.name()
                    : release.text("/spec/releaseName");
            Helm.Answer answer = helm.template(folder, name, namespace, List.of(file));
            if (!answer.succeeded()) {
                failures.add(new Rendering.Failure(release.origin(), release.title(), answer.error()));
                return List.of();
            }
            List<Manifest> objects = helm.objects(folder, answer.out(), release.title());
            objects.forEach(object -> namespaced(object, namespace));
            return objects;
        } catch (Yaml.Malformed e) {
            failures.add(new Rendering.Failure(
                    release.origin(), release.title(), "its chart renders no YAML: " + e.getMessage()));
            return List.of();
        }
    }

    private void valuesFrom(Manifest release, JsonNode from, String text, ObjectNode values) {
        try {
            if (from.has("targetPath")) {
                values.withObject("/" + parent(from.path("targetPath").asText()))
                        .put(last(from.path("targetPath").asText()), text);
            } else {
                merge(values, Yaml.mapping(text));
            }
        } catch (Yaml.Malformed e) {
            failures.add(new Rendering.Failure(
                    release.origin(),
                    release.title(),
                    "valuesFrom " + from.path("name").asText() + ": " + e.getMessage()));
        }
    }

    private static String parent(String path) {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')).replace('.', '/') : "";
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(entry -> {
            if (into.get(entry.getKey()) instanceof ObjectNode below
                    && entry.getValue().isObject()) {
                merge(below, entry.getValue());
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }

    /** Helm puts what says no namespace into the release's; kinds that have none are known by name. */
    private static void namespaced(Manifest object, String namespace) {
        if (object.namespace().isEmpty() && !Scope.isClusterWide(object)) {
            object.body().withObject("/metadata").put("namespace", namespace);
        }
    }

    /** Settings of the cluster that no Kustomization that takes them asks for. */
    private Map<String, Set<String>> unusedSettings() {
        Map<String, Set<String>> unused = new TreeMap<>();
        Set<String> asked = new HashSet<>();
        used.values().forEach(asked::addAll);
        for (Manifest kustomization : manifests) {
            for (JsonNode from : kustomization.is(KUSTOMIZE, "Kustomization")
                    ? kustomization.each("/spec/postBuild/substituteFrom")
                    : List.<JsonNode>of()) {
                find(
                                from.path("kind").asText(),
                                kustomization.namespace(),
                                from.path("name").asText())
                        .ifPresent(source -> {
                            Set<String> names = new TreeSet<>(values(source).keySet());
                            names.removeAll(asked);
                            if (!names.isEmpty()) {
                                unused.put(source.title(), names);
                            }
                        });
            }
        }
        return unused;
    }
}
