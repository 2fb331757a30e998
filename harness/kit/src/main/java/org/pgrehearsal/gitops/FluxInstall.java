package org.pgrehearsal.gitops;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.MachineException;

/**
 * Flux's controllers in a cluster that cannot download their installation.
 *
 * @param client    of the cluster
 * @param crds      the folder of scripts/tools with the CRDs
 * @param manifests {@code lab/flux.yaml}
 */
record FluxInstall(KubernetesClient client, Path crds, Path manifests) {
    static final String NAMESPACE = "flux-system";
    private static final Duration READY = Duration.ofMinutes(2);

    void apply() {
        Applied applied = new Applied(client);
        definitions().forEach(applied::file);
        applied.file(manifests);
    }

    private List<Path> definitions() {
        try (Stream<Path> files = Files.list(crds)) {
            List<Path> found = files.filter(file -> file.getFileName()
                            .toString()
                            .matches("(source|kustomize|helm)\\.toolkit\\.fluxcd\\.io_.*\\.yaml"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new MachineException(crds + " has no CRDs of Flux; run scripts/tools");
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + crds + "; run scripts/tools: " + e.getMessage(), e);
        }
    }

    void awaitReady() {
        Waiting.on("Flux's controllers", READY).every(Duration.ofMillis(500)).until(this::unready, List::isEmpty);
    }

    private List<String> unready() {
        return client.apps().deployments().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(deployment -> !isAvailable(deployment))
                .map(deployment -> deployment.getMetadata().getName())
                .toList();
    }

    private static boolean isAvailable(Deployment deployment) {
        return Objects.requireNonNullElse(deployment.getStatus().getAvailableReplicas(), 0) > 0;
    }
}
