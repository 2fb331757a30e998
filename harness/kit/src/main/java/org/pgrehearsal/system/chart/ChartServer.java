package org.pgrehearsal.system.chart;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.Login;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.platform.kubernetes.PodServer;
import org.pgrehearsal.platform.kubernetes.Shell;

/**
 * The server of a release of the chart {@code postgresql-pgbackrest}.
 *
 * @param place its namespace
 * @param login as its superuser, by the password in its Secret
 * @param port  of the server, at the node's address
 */
public record ChartServer(Place place, Login login, int port) implements PodServer {
    /** The name of every drill's release, each in a namespace of its own. */
    public static final String NAME = "database";

    /** Of the server's pod. */
    public static final String CONTAINER = "postgresql";

    /** The container that restores, before the server starts. */
    public static final String PREPARE = "prepare";

    private static final String POD = NAME + "-0";
    private static final String USER = "postgres";
    private static final int PORT = 5432;

    /** The one that is going to be made in a place. */
    public static ChartServer in(Place place, String password) {
        int port = place.expose(
                "from-outside",
                PORT,
                Map.of("app.kubernetes.io/instance", NAME, "app.kubernetes.io/component", "database"));
        return new ChartServer(place, new Login(USER, password, USER), port);
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return place.connect(port, login, database);
    }

    @Override
    public Shell shell() {
        return new Shell(place.cluster().client(), place.name(), POD, CONTAINER);
    }

    /** Its pod, if there is one. */
    public Optional<Pod> pod() {
        return Optional.ofNullable(place.cluster()
                .client()
                .pods()
                .inNamespace(place.name())
                .withName(POD)
                .get());
    }

    /** How often a container of its pod has been started again. */
    public int restarts(String container) {
        return pod().stream()
                .flatMap(pod -> Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream()))
                .filter(status -> status.getName().equals(container))
                .mapToInt(ContainerStatus::getRestartCount)
                .findFirst()
                .orElse(0);
    }

    /** Whether a container of its pod runs. */
    public boolean runs(String container) {
        return pod().stream()
                .flatMap(pod -> Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream()))
                .anyMatch(status ->
                        status.getName().equals(container) && status.getState().getRunning() != null);
    }

    /** Waits until it takes writes. */
    public void awaitOpen(Duration deadline) {
        Waiting.on("the server in " + place.name() + " to take writes", deadline)
                .every(Duration.ofMillis(500))
                .until(
                        () -> ask("SELECT CASE WHEN pg_is_in_recovery() THEN 'recovers' ELSE 'open' END"),
                        "open"::equals);
    }

    @Override
    public boolean isAlive() {
        return runs(CONTAINER);
    }

    @Override
    public Optional<String> whyDead() {
        return isAlive() ? Optional.empty() : Optional.of("its container does not run");
    }

    @Override
    public List<String> logLines() {
        return place.logs().lines(POD + ".", CONTAINER);
    }

    /** What the container said that restores. */
    public List<String> preparation() {
        return place.logs().lines(POD + ".", PREPARE);
    }
}
