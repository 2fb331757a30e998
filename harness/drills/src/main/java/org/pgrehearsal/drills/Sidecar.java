package org.pgrehearsal.drills;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.process.CommandFailed;
import org.pgrehearsal.system.cnpg.CnpgDatabase;

/** The plugin's container beside a source's server. */
final class Sidecar {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RESTART = Duration.ofMinutes(4);

    private Sidecar() {}

    /** Ends it, and waits until Kubernetes has started it again. */
    static void end(CnpgDatabase source) {
        int before = status(source).getRestartCount();
        try {
            source.shell(source.system().sidecar()).run(PATIENCE, List.of("sh", "-c", "kill 1"));
        } catch (CommandFailed e) {
            // it may end with its container; whether that ended is seen below
        }
        Waiting.on("the sidecar to be started again after it was ended", RESTART)
                .every(Duration.ofMillis(500))
                .until(() -> status(source), seen -> seen.getRestartCount() > before && seen.getReady());
    }

    private static ContainerStatus status(CnpgDatabase source) {
        PodStatus pod = source.primaryPod().getStatus();
        return Stream.concat(pod.getInitContainerStatuses().stream(), pod.getContainerStatuses().stream())
                .filter(container -> container.getName().equals(source.system().sidecar()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the primary has no container " + source.system().sidecar()));
    }
}
