package org.pgrehearsal.gitops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.kubernetes.Place;

/**
 * A release of a chart, made by Flux.
 *
 * @param place its namespace
 * @param name  of the HelmRelease
 */
public record Release(Place place, String name) {
    public static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("helm.toolkit.fluxcd.io")
            .withVersion("v2")
            .withKind("HelmRelease")
            .withPlural("helmreleases")
            .withNamespaced(true)
            .build();

    /** A patch, in kustomize's own form, without the Secrets of a tree: they are encrypted for its owner. */
    public static final String NO_SECRET = """
            target:
              kind: Secret
            patch: |-
              $patch: delete
              apiVersion: v1
              kind: Secret
              metadata:
                name: _
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A patch, in the same form, that changes values of HelmReleases; null takes one away. */
    public static String values(Map<String, ?> values) {
        Map<String, Object> release = Map.of(
                "apiVersion", KIND.getGroup() + "/" + KIND.getVersion(),
                "kind", KIND.getKind(),
                "metadata", Map.of("name", "_"),
                "spec", Map.of("values", values));
        try {
            // JSON is YAML
            return "target:\n  kind: " + KIND.getKind() + "\npatch: |-\n  " + JSON.writeValueAsString(release) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("values are always JSON", e);
        }
    }

    /**
     * Waits until what it asks for is there.
     *
     * @throws org.pgrehearsal.await.WaitFailed if Flux gives up, with its reason, or does not get there in time
     */
    public void awaitReady(Duration deadline) {
        Waiting.on("the HelmRelease " + name + " in " + place.name() + " to be ready", deadline)
                .every(Duration.ofMillis(300))
                .until(this::word, "ready"::equals, _ -> whyNot());
    }

    /** Why it will not be ready unless somebody changes something; empty as long as Flux tries. */
    public Optional<String> whyNot() {
        return place.find(KIND, name)
                .filter(Reconciled::isCurrent)
                .filter(release -> "False".equals(Reconciled.ready(release, "status")))
                .filter(release -> Reconciled.ready(release, "reason").endsWith("Failed"))
                .map(release -> Reconciled.ready(release, "message"));
    }

    private String word() {
        return place.find(KIND, name)
                .map(release -> Reconciled.isCurrent(release) && "True".equals(Reconciled.ready(release, "status"))
                        ? "ready"
                        : Reconciled.ready(release, "message"))
                .orElse("there is no such HelmRelease");
    }
}
