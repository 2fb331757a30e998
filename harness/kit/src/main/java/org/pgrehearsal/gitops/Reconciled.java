package org.pgrehearsal.gitops;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pgrehearsal.await.Waiting;

/** Whether Flux has brought all that it was told to. */
public record Reconciled(KubernetesClient client) {
    /** The one that makes all others; before it is ready nobody knows how many there are. */
    private static final String ROOT = "cluster-apps";

    /**
     * Waits until every Kustomization and every HelmRelease is ready.
     *
     * @throws org.pgrehearsal.await.WaitFailed with those that are not, and what they say
     */
    public void await(Duration deadline) {
        Waiting.on("Flux to make everything ready", deadline)
                .every(Duration.ofMillis(500))
                .until(this::unready, List::isEmpty);
    }

    /** Those that are not ready, each with its kind, name and message. */
    public List<String> unready() {
        List<GenericKubernetesResource> all = Stream.concat(
                        list("kustomize.toolkit.fluxcd.io/v1", "Kustomization"),
                        list("helm.toolkit.fluxcd.io/v2", "HelmRelease"))
                .toList();
        List<String> unready = new ArrayList<>();
        if (all.stream().noneMatch(object -> object.getMetadata().getName().equals(ROOT))) {
            unready.add("Kustomization " + ROOT + ": not there");
        }
        all.stream()
                .filter(object -> !isCurrent(object) || !"True".equals(ready(object, "status")))
                .forEach(object -> unready.add("%s %s: %s"
                        .formatted(object.getKind(), object.getMetadata().getName(), ready(object, "message"))));
        return unready;
    }

    private Stream<GenericKubernetesResource> list(String apiVersion, String kind) {
        return client.genericKubernetesResources(apiVersion, kind).inAnyNamespace().list().getItems().stream();
    }

    /** Whether what its status says is about what it is now. */
    static boolean isCurrent(GenericKubernetesResource object) {
        return object.get("status", "observedGeneration") instanceof Number observed
                && observed.longValue() == object.getMetadata().getGeneration();
    }

    /** A field of an object's condition {@code Ready}. */
    static String ready(GenericKubernetesResource object, String field) {
        List<?> conditions = object.get("status", "conditions") instanceof List<?> list ? list : List.of();
        return conditions.stream()
                .filter(condition -> condition instanceof Map<?, ?> map && "Ready".equals(map.get("type")))
                .map(condition -> String.valueOf(((Map<?, ?>) condition).get(field)))
                .findFirst()
                .orElse("nothing said yet");
    }
}
