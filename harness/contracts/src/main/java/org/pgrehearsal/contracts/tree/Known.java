package org.pgrehearsal.contracts.tree;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What there will be in a cluster: the objects that are applied, and those that the operators, Flux and Kubernetes itself make of them. */
public final class Known {
    /** Of an object whose keys nobody knows here. */
    private static final Set<String> ANY = Set.of();

    private final Map<String, Set<String>> objects = new HashMap<>();
    private final Set<String> foreignReleases = new HashSet<>();

    public Known(Rendering rendering) {
        // made by the bootstrap, before there is anything to apply
        put("Secret", "flux-system", "sops-age", ANY);
        put("Secret", "flux-system", "flux-system", ANY);
        put("GitRepository", "flux-system", "flux-system", ANY);
        put("Service", "default", "kubernetes", ANY);
        rendering.manifests().forEach(this::add);
    }

    private void put(String kind, String namespace, String name, Set<String> keys) {
        objects.put(kind + " " + namespace + "/" + name, keys);
    }

    private void add(Manifest object) {
        String namespace = object.namespace();
        Set<String> keys = new HashSet<>(object.texts("/data").keySet());
        keys.addAll(object.texts("/binaryData").keySet());
        keys.addAll(object.texts("/stringData").keySet());
        put(object.kind(), namespace, object.name(), keys);
        switch (object.kind()) {
            case "Namespace" -> {
                put("ServiceAccount", object.name(), "default", ANY);
                put("ConfigMap", object.name(), "kube-root-ca.crt", Set.of("ca.crt"));
            }
            case "Cluster" -> cluster(object, namespace);
            case "postgresql" -> zalando(object, namespace);
            case "Certificate" ->
                put("Secret", namespace, object.text("/spec/secretName"), Set.of("tls.crt", "tls.key", "ca.crt"));
            case "HelmRelease" -> {
                if (!object.text("/spec/chart/spec/sourceRef/kind").equals("GitRepository")) {
                    foreignReleases.add(
                            object.text("/spec/targetNamespace").isEmpty()
                                    ? namespace
                                    : object.text("/spec/targetNamespace"));
                }
            }
            default -> {}
        }
    }

    /** As CloudNativePG names what it makes of a Cluster. */
    private void cluster(Manifest cluster, String namespace) {
        Set<String> login = Set.of(
                "username",
                "password",
                "user",
                "dbname",
                "host",
                "port",
                "uri",
                "jdbc-uri",
                "pgpass",
                "fqdn-uri",
                "fqdn-jdbc-uri");
        String name = cluster.name();
        String application = cluster.text("/spec/bootstrap/initdb/secret/name");
        if (application.isEmpty()) {
            put("Secret", namespace, name + "-app", login);
        }
        if (cluster.at("/spec/enableSuperuserAccess").asBoolean()
                && cluster.text("/spec/superuserSecret/name").isEmpty()) {
            put("Secret", namespace, name + "-superuser", login);
        }
        put("Secret", namespace, name + "-ca", Set.of("ca.crt", "ca.key"));
        put("Secret", namespace, name + "-server", Set.of("tls.crt", "tls.key"));
        put("Secret", namespace, name + "-replication", Set.of("tls.crt", "tls.key"));
        put("ServiceAccount", namespace, name, ANY);
        for (String service : new String[] {"-rw", "-ro", "-r"}) {
            put("Service", namespace, name + service, ANY);
        }
    }

    /** As Zalando's operator names what it makes of a postgresql. */
    private void zalando(Manifest cluster, String namespace) {
        Set<String> users = new HashSet<>(Set.of("postgres", "standby"));
        cluster.at("/spec/users").fieldNames().forEachRemaining(users::add);
        for (String user : users) {
            put(
                    "Secret",
                    namespace,
                    user.replace('_', '-') + "." + cluster.name() + ".credentials.postgresql.acid.zalan.do",
                    Set.of("username", "password"));
        }
        put("Service", namespace, cluster.name(), ANY);
        put("Service", namespace, cluster.name() + "-repl", ANY);
        put("ServiceAccount", namespace, "postgres-pod", ANY);
    }

    public boolean has(String kind, String namespace, String name) {
        return objects.containsKey(kind + " " + namespace + "/" + name);
    }

    /** Whether an object that is there surely lacks a key. */
    public boolean lacksKey(String kind, String namespace, String name, String key) {
        return Optional.ofNullable(objects.get(kind + " " + namespace + "/" + name))
                .filter(keys -> !keys.isEmpty() && !keys.contains(key))
                .isPresent();
    }

    /** Charts of others are not rendered here: in their namespaces there may be more than is known. */
    public boolean mayHaveMore(String namespace) {
        return foreignReleases.contains(namespace);
    }
}
