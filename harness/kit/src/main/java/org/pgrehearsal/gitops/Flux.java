package org.pgrehearsal.gitops;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pgrehearsal.await.Waiting;

/** What Flux is asked for in a cluster, in the way of its program: by annotations and patches under the name {@code flux}. */
public record Flux(KubernetesClient client) {
    private static final Duration FETCH = Duration.ofMinutes(2);
    private static final String REQUESTED = "reconcile.fluxcd.io/requestedAt";
    private static final PatchContext AS_FLUX = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager("flux")
            .build();

    /** Has it fetch, and waits until it has a commit; everything that follows the repository is then reconciled. */
    public void fetch(String commit) {
        request(resource("source.toolkit.fluxcd.io/v1", "GitRepository", "flux-system"));
        Waiting.on("Flux to fetch the commit " + commit, FETCH)
                .every(Duration.ofMillis(300))
                .until(
                        () -> text(
                                resource("source.toolkit.fluxcd.io/v1", "GitRepository", "flux-system")
                                        .get(),
                                "status",
                                "artifact",
                                "revision"),
                        revision -> revision.endsWith(commit));
    }

    /** Has a Kustomization reconciled now, not at its interval. */
    public void reconcile(String kustomization) {
        request(kustomization(kustomization));
    }

    /** Has a Kustomization reconciled, and waits until that was looked at. */
    public void reconcileNow(String kustomization) {
        String token = request(kustomization(kustomization));
        Waiting.on("Flux to reconcile " + kustomization, FETCH)
                .every(Duration.ofMillis(300))
                .until(
                        () -> text(kustomization(kustomization).get(), "status", "lastHandledReconcileAt"),
                        token::equals);
    }

    /** Lets a Kustomization go on. */
    public void resume(String kustomization) {
        kustomization(kustomization).patch(AS_FLUX, "{\"spec\":{\"suspend\":false}}");
    }

    /** A Kustomization; empty if there is none of that name. */
    public Optional<GenericKubernetesResource> find(String kustomization) {
        return Optional.ofNullable(kustomization(kustomization).get());
    }

    /** What it says of a Kustomization; empty if there is none of that name. */
    public String word(String kustomization) {
        return find(kustomization)
                .map(object -> Reconciled.ready(object, "message"))
                .orElse("");
    }

    private Resource<GenericKubernetesResource> kustomization(String name) {
        return resource("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name);
    }

    private Resource<GenericKubernetesResource> resource(String version, String kind, String name) {
        return client.genericKubernetesResources(version, kind)
                .inNamespace(FluxInstall.NAMESPACE)
                .withName(name);
    }

    private static String request(Resource<GenericKubernetesResource> object) {
        String token = Instant.now().toString();
        object.patch(AS_FLUX, "{\"metadata\":{\"annotations\":{\"" + REQUESTED + "\":\"" + token + "\"}}}");
        return token;
    }

    private static String text(GenericKubernetesResource object, Object... path) {
        Object value = object.get(path);
        return value == null ? "" : value.toString();
    }
}
