package org.pgrehearsal.platform.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.Login;
import org.pgrehearsal.process.Owner;
import org.pgrehearsal.undo.UndoStack;

/**
 * A namespace with everything that is in it. Closing one of our own removes both, after the evidence was collected, unless it is to be kept; one that
 * was there before is only left.
 */
public final class Place implements AutoCloseable {
    /** Says that a namespace is ours and may be removed; its value is the run. */
    public static final String LABEL = "pgrehearsal.org/run";

    private static final Duration SETTLING = Duration.ofMinutes(1);
    private static final Duration REMOVAL = Duration.ofMinutes(3);

    private final Cluster cluster;
    private final String name;
    private final PodLogs logs;
    private final UndoStack undo = new UndoStack();
    private volatile boolean kept;

    private Place(Cluster cluster, String name, PodLogs logs) {
        this.cluster = cluster;
        this.name = name;
        this.logs = logs;
    }

    /**
     * Makes a namespace and waits until pods may be made in it.
     *
     * @param run    the run that it belongs to
     * @param folder where its evidence goes
     */
    public static Place make(Cluster cluster, String name, String run, Path folder) {
        KubernetesClient client = cluster.client();
        Place place = new Place(cluster, name, new PodLogs(client, name, folder.resolve("pods")));
        place.undo.push("remove the namespace " + name, place::remove);
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(LABEL, run)
                        .addToLabels(Owner.self().label())
                        .endMetadata()
                        .build())
                .create();
        place.observe(folder);
        Waiting.on("the namespace " + name + " to have its service account", SETTLING)
                .every(Duration.ofMillis(100))
                .until(
                        () -> client.serviceAccounts()
                                        .inNamespace(name)
                                        .withName("default")
                                        .get()
                                != null,
                        made -> made);
        place.logs.start();
        return place;
    }

    /**
     * A namespace that is there already and stays.
     *
     * @param folder where its evidence goes
     */
    public static Place existing(Cluster cluster, String name, Path folder) {
        Place place = new Place(cluster, name, new PodLogs(cluster.client(), name, folder.resolve("pods")));
        place.observe(folder);
        place.logs.start();
        return place;
    }

    private void observe(Path folder) {
        undo.closing("stop following the pods of " + name, logs);
        undo.push("collect the evidence of " + name, () -> new Evidence(this).collect(folder));
    }

    /** Gives up the namespaces of runs on this machine that were killed before they could; does not wait until they are gone. */
    public static void sweep(Cluster cluster) {
        cluster.client().namespaces().withLabel(LABEL).list().getItems().stream()
                .filter(left -> Owner.in(left.getMetadata().getLabels())
                        .filter(Owner::isGone)
                        .isPresent())
                .forEach(left -> cluster.client().namespaces().resource(left).delete());
    }

    /** Lets the namespace stay when this is closed. It loses its owner, so that no later run takes it for left behind. */
    public void keep() {
        cluster.client().namespaces().withName(name).edit(namespace -> {
            Owner.self().label().keySet().forEach(namespace.getMetadata().getLabels()::remove);
            return namespace;
        });
        kept = true;
    }

    private void remove() {
        if (kept) {
            return;
        }
        cluster.client().namespaces().withName(name).delete();
        // a server that cannot archive any more would wait for that until its pod's grace is over
        cluster.client().pods().inNamespace(name).withGracePeriod(0).delete();
        Waiting.on("the namespace " + name + " to be gone", REMOVAL)
                .every(Duration.ofMillis(500))
                .until(() -> cluster.client().namespaces().withName(name).get() == null, gone -> gone);
    }

    public Cluster cluster() {
        return cluster;
    }

    /** The namespace. */
    public String name() {
        return name;
    }

    /** What its pods say. */
    public PodLogs logs() {
        return logs;
    }

    /** Makes or changes objects; their namespace is this one, whatever they say. */
    public void apply(List<? extends HasMetadata> objects) {
        for (HasMetadata object : objects) {
            object.getMetadata().setNamespace(name);
            try {
                cluster.client()
                        .resource(object)
                        .inNamespace(name)
                        .forceConflicts()
                        .serverSideApply();
            } catch (KubernetesClientException e) {
                Status status = e.getStatus();
                throw new IllegalStateException(
                        "Kubernetes refused the " + object.getKind() + " "
                                + object.getMetadata().getName() + ": "
                                + (status == null ? e.getMessage() : status.getMessage()),
                        e);
            }
        }
    }

    /** Makes a Secret, or changes it. */
    public void secret(String secret, String type, Map<String, String> values) {
        apply(List.of(new SecretBuilder()
                .withNewMetadata()
                .withName(secret)
                .endMetadata()
                .withType(type)
                .withStringData(values)
                .build()));
    }

    /**
     * What is in a Secret that somebody else made.
     *
     * @throws IllegalStateException if there is none of that name
     */
    public Map<String, String> readSecret(String secret) {
        Secret found =
                cluster.client().secrets().inNamespace(name).withName(secret).get();
        if (found == null) {
            throw new IllegalStateException("there is no Secret " + secret + " in " + name);
        }
        Map<String, String> values = new HashMap<>();
        found.getData()
                .forEach((key, value) ->
                        values.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return values;
    }

    /**
     * Lets this machine in to a port of pods, also while they are not ready: a pod is not when one of its sidecars starts again.
     *
     * @return the port at the node's address
     */
    public int expose(String service, int port, Map<String, String> pods) {
        return expose(cluster.client(), name, service, port, pods);
    }

    /** The same for pods in a namespace that is not of our making. */
    public static int expose(
            KubernetesClient client, String namespace, String service, int port, Map<String, String> pods) {
        return client.services()
                .inNamespace(namespace)
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(service)
                        .endMetadata()
                        .withNewSpec()
                        .withType("NodePort")
                        .withSelector(pods)
                        .withPublishNotReadyAddresses()
                        .addNewPort()
                        .withPort(port)
                        .endPort()
                        .endSpec()
                        .build())
                .forceConflicts()
                .serverSideApply()
                .getSpec()
                .getPorts()
                .getFirst()
                .getNodePort();
    }

    /**
     * A connection to the PostgreSQL behind an exposed port.
     *
     * @param port at the node's address
     */
    public Connection connect(int port, Login login, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", String.valueOf(login.password()));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("prepareThreshold", "1");
        String address = cluster.node() + ":" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
        return DriverManager.getConnection("jdbc:postgresql://" + address, properties);
    }

    /** An object of some kind; empty if there is none. */
    public Optional<GenericKubernetesResource> find(ResourceDefinitionContext kind, String object) {
        return Optional.ofNullable(cluster.client()
                .genericKubernetesResources(kind)
                .inNamespace(name)
                .withName(object)
                .get());
    }

    /** The objects of some kind that have some labels. */
    public List<GenericKubernetesResource> list(ResourceDefinitionContext kind, Map<String, String> labels) {
        return cluster.client()
                .genericKubernetesResources(kind)
                .inNamespace(name)
                .withLabels(labels)
                .list()
                .getItems();
    }

    /**
     * Changes an object.
     *
     * @param change a JSON patch, if it is a list, or a merge patch
     */
    public void patch(ResourceDefinitionContext kind, String object, String change) {
        PatchType type = change.startsWith("[") ? PatchType.JSON : PatchType.JSON_MERGE;
        cluster.client()
                .genericKubernetesResources(kind)
                .inNamespace(name)
                .withName(object)
                .patch(PatchContext.of(type), change);
    }

    /** Its pods that have some labels. */
    public List<Pod> pods(Map<String, String> labels) {
        return cluster.client()
                .pods()
                .inNamespace(name)
                .withLabels(labels)
                .list()
                .getItems();
    }

    /** What is undone when this is closed, before the namespace goes. */
    public UndoStack undo() {
        return undo;
    }

    @Override
    public void close() {
        undo.close();
    }
}
