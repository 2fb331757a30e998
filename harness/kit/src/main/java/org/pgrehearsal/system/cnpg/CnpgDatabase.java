package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.Login;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.platform.kubernetes.PodServer;
import org.pgrehearsal.platform.kubernetes.Shell;

/**
 * A cluster of CloudNativePG, as a database: its primary, whichever pod that is.
 *
 * @param place its namespace
 * @param plugin backs it up, or restored it; null if nothing of the operator does
 * @param name  of the Cluster
 * @param login as a superuser, by the password in its Secret
 * @param port  of the primary, at the node's address
 */
public record CnpgDatabase(Place place, @Nullable CnpgSystem plugin, String name, Login login, int port)
        implements PodServer {
    /** The Secret with the superuser's name and password. */
    static final String SUPERUSER = "superuser";

    private static final String USER = "postgres";
    private static final int PORT = 5432;
    private static final int METRICS = 9187;
    private static final String HEALTHY = "Cluster in healthy state";

    /** The one that is going to be made in a place, with our way in to it. */
    public static CnpgDatabase in(Place place, @Nullable CnpgSystem plugin, String password) {
        return in(place, plugin, Origin.NAME, password);
    }

    /** The one of some name. */
    static CnpgDatabase in(Place place, @Nullable CnpgSystem plugin, String name, String password) {
        place.secret(SUPERUSER, "kubernetes.io/basic-auth", Map.of("username", USER, "password", password));
        int port = place.expose("from-outside-" + name, PORT, Cnpg.primary(name));
        return new CnpgDatabase(place, plugin, name, new Login(USER, password, USER), port);
    }

    /** The plugin that backs it up. */
    public CnpgSystem system() {
        return Objects.requireNonNull(plugin, "a database with a plugin");
    }

    /** The same by its application's role, as the operator's Secret has it. */
    public CnpgDatabase asOwner() {
        Map<String, String> secret = place.readSecret(name + "-app");
        Login owner = new Login(
                Objects.requireNonNull(secret.get("username")),
                Objects.requireNonNull(secret.get("password")),
                Objects.requireNonNull(secret.get("dbname")));
        return new CnpgDatabase(place, plugin, name, owner, port);
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return place.connect(port, login, database);
    }

    /** The Cluster object; empty before it is made. */
    public Optional<GenericKubernetesResource> object() {
        return place.find(Cnpg.CLUSTER, name);
    }

    /** The instance that takes writes, by the operator's word; empty if there is none. */
    public String primary() {
        return object().map(cluster -> Cnpg.text(cluster, "status", "currentPrimary"))
                .orElse("");
    }

    /** The pod that takes writes. */
    public Pod primaryPod() {
        return place.pods(Cnpg.primary(name)).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no primary: " + phase()));
    }

    /** What the primary exposes to Prometheus, in its text format. */
    public String metrics() {
        return place.cluster()
                .client()
                .raw("/api/v1/namespaces/" + place.name() + "/pods/"
                        + primaryPod().getMetadata().getName() + ":" + METRICS + "/proxy/metrics");
    }

    @Override
    public Shell shell() {
        return shell(Cnpg.POSTGRES);
    }

    /** Runs commands in a container of the primary. */
    public Shell shell(String container) {
        return new Shell(
                place.cluster().client(),
                place.name(),
                primaryPod().getMetadata().getName(),
                container);
    }

    /** Whether the operator calls it healthy and every instance ready. */
    public boolean isReady() {
        return object().filter(cluster -> HEALTHY.equals(Cnpg.text(cluster, "status", "phase"))
                        && Cnpg.condition(cluster, "Ready")
                                .filter(Cnpg.Condition::isTrue)
                                .isPresent())
                .isPresent();
    }

    /** The operator's word on how it is, for messages. */
    public String phase() {
        return object().map(cluster ->
                        Cnpg.text(cluster, "status", "phase") + " " + Cnpg.text(cluster, "status", "phaseReason"))
                .map(String::strip)
                .orElse("there is no Cluster " + name);
    }

    /** Waits until the operator calls it healthy. */
    public void awaitReady(Duration deadline) {
        Waiting.on("the Cluster " + name + " in " + place.name() + " to be ready", deadline)
                .every(Duration.ofMillis(500))
                .until(() -> isReady() ? "ready" : phase(), "ready"::equals);
    }

    /** Waits until the primary answers a question from this machine. */
    public void awaitConnection(Duration deadline) {
        Waiting.on("the primary of " + name + " in " + place.name() + " to answer", deadline)
                .every(Duration.ofMillis(200))
                .until(() -> ask("SELECT 'yes'"), "yes"::equals);
    }

    /** Ends the life of a replica cluster as one: the way of {@code STANDBY: "false"} in the component {@code cnpg-standby}. */
    public void promote() {
        place.patch(Cnpg.CLUSTER, name, "{\"spec\":{\"replica\":{\"enabled\":false}}}");
    }

    @Override
    public boolean isAlive() {
        return !place.pods(Cnpg.primary(name)).isEmpty();
    }

    @Override
    public Optional<String> whyDead() {
        return isAlive() ? Optional.empty() : Optional.of("there is no primary: " + phase());
    }

    /** What the servers of all its instances have said, and the one that restored it first. */
    @Override
    public List<String> logLines() {
        List<String> lines = new ArrayList<>(recoveryLog());
        lines.addAll(InstanceLog.ofPostgres(place.logs().lines(name + "-", Cnpg.POSTGRES)));
        return lines;
    }

    /** What the operator and the programs around the servers have said with some words in it: its condition first, then their errors. */
    public List<String> says(String words) {
        List<String> said = new ArrayList<>();
        object().flatMap(cluster -> Cnpg.condition(cluster, "ContinuousArchiving"))
                .map(condition -> "ContinuousArchiving " + condition)
                .ifPresent(said::add);
        for (String container : List.of(system().sidecar(), Cnpg.RECOVERY, Cnpg.POSTGRES)) {
            said.addAll(InstanceLog.errors(place.logs().lines(name + "-", container)));
        }
        return said.stream().filter(each -> each.contains(words)).distinct().toList();
    }

    /** What the server said that replayed the log when the cluster was restored; empty if it was not. */
    public List<String> recoveryLog() {
        return InstanceLog.ofPostgres(place.logs().lines(name + "-1-" + Cnpg.RECOVERY, Cnpg.RECOVERY));
    }
}
