package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.gitops.Bootstrap;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.kubernetes.Cluster;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.S3Access;

/**
 * The tree's own database, {@code kubernetes/apps/databases/cnpg-barman}, as Flux makes it from the served copy: in its namespace, by its name, with
 * its settings and Secrets. What a drill changes in the copy is here.
 *
 * @param bootstrap serves the copy
 * @param pristine  the commit of the copy before any drill
 */
public record Exemplar(Bootstrap bootstrap, String pristine) {
    private static final CnpgSystem SYSTEM = new CnpgBarman();

    /** Of the Cluster, of the Kustomization of Flux, and of what is left out of a tree that has no use for it. */
    public static final String NAME = "cnpg-barman";

    public static final String NAMESPACE = "databases";

    private static final String CLUSTER_NAME = "drill";

    /** What comes before the keys of all its lives. */
    public static final String PREFIX = CLUSTER_NAME + "/" + NAMESPACE + "/" + NAME + "/";

    private static final String KUSTOMIZATION = "kubernetes/apps/databases/cnpg-barman/ks.yaml";
    private static final String CLUSTER = "clusters/drill/kustomization.yaml";
    /** Flux does nothing else with it while it waits for its health, and some drills end with one that never gets well. */
    private static final String HEALTH = "2m";

    private static final Duration READY = Duration.ofMinutes(10);
    private static final Duration GONE = Duration.ofMinutes(5);

    /** Where the archive of one of its lives begins. */
    public static String archive(int generation) {
        return PREFIX + NAME + "-v" + generation + "/";
    }

    /** Its namespace. */
    public static Place place(Cluster cluster, Path folder) {
        return Place.existing(cluster, NAMESPACE, folder);
    }

    /** Takes away what an earlier drill left of it, whatever state that is in. */
    public void clear(Place place) {
        if (bootstrap.flux().find(NAME).isEmpty()) {
            bootstrap.tree().reset(pristine);
            return;
        }
        // one that is frozen would not clean up behind itself
        bootstrap.flux().resume(NAME);
        bootstrap.tree().reset(pristine);
        push("As it was");
        place.cluster()
                .client()
                .genericKubernetesResources(Cnpg.CLUSTER)
                .inNamespace(NAMESPACE)
                .delete();
        // its store is gone, and it would wait to archive its last words
        place.cluster()
                .client()
                .pods()
                .inNamespace(NAMESPACE)
                .withGracePeriod(0)
                .delete();
        Waiting.on("the database of an earlier drill to be gone", GONE)
                .every(Duration.ofMillis(500))
                .until(() -> left(place), List::isEmpty);
    }

    private List<String> left(Place place) {
        List<String> left = new ArrayList<>(place.pods(Map.of()).stream()
                .map(pod -> pod.getMetadata().getName())
                .toList());
        bootstrap.flux().find(NAME).ifPresent(_ -> left.add("Kustomization " + NAME));
        place.find(Cnpg.CLUSTER, NAME).ifPresent(_ -> left.add("Cluster " + NAME));
        place.cluster().client().persistentVolumeClaims().inNamespace(NAMESPACE).list().getItems().stream()
                .map(claim -> "PVC " + claim.getMetadata().getName())
                .forEach(left::add);
        return left;
    }

    /**
     * Has Flux make it, archiving to a store, and with our way in.
     *
     * @param bucket   from {@link #PREFIX} on
     * @param password of the superuser
     * @return it, when the operator calls it healthy
     */
    public CnpgDatabase make(Place place, S3Access store, Bucket bucket, String password) {
        Manifests.authority(place, store);
        CnpgDatabase database = CnpgDatabase.in(place, SYSTEM, NAME, password);
        letIn(place);
        bootstrap.useStore(Map.of(
                "S3_ENDPOINT", store.endpoint().toString(),
                "S3_REGION", store.region(),
                "S3_BUCKET", bucket.name(),
                "S3_ACCESS_KEY_ID", store.accessKey(),
                "S3_SECRET_ACCESS_KEY", store.secretKey()));
        edit(CLUSTER, text -> text.replaceFirst("(?m)^ *- .*/leave-out/" + NAME + "\n", ""));
        edit(
                KUSTOMIZATION,
                text -> text.replaceFirst("(?m)^      APP: .*\n", "$0" + variables(bucket))
                        .replaceFirst("(?m)^  timeout: .*$", "  timeout: " + HEALTH));
        edit(Manifests.BASE + "/kustomization.yaml", text -> text + patches());
        push("A database for a drill");
        Waiting.on("Flux and the operator to make " + NAME, READY)
                .every(Duration.ofMillis(500))
                .until(
                        () -> database.isReady()
                                ? "ready"
                                : database.phase() + "; Flux says: "
                                        + bootstrap.flux().word(NAME),
                        "ready"::equals,
                        seen -> seen.contains("dry-run failed") ? Optional.of(seen) : Optional.empty());
        return database;
    }

    /** Deletes it with its volumes, as by mistake, while Flux does not look. */
    public void lose(CnpgDatabase database) {
        Place place = database.place();
        place.cluster()
                .client()
                .genericKubernetesResources(Cnpg.CLUSTER)
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .delete();
        Waiting.on("the volumes of " + NAME + " to be gone", GONE)
                .every(Duration.ofMillis(500))
                .until(() -> claims(place), List::isEmpty);
    }

    /** Has Flux make what Git says, and waits until it is there. */
    public void makeAgain(CnpgDatabase database) {
        bootstrap.flux().reconcile(NAME);
        Waiting.on("Flux to make the Cluster " + NAME + " again", GONE)
                .every(Duration.ofMillis(500))
                .until(() -> database.object().isPresent(), made -> made);
    }

    /** Has Flux make it from its backup, with the place of its archive that it had: what a rebuild must not do. */
    public void recoverInTheOldPlace() {
        edit(KUSTOMIZATION, text -> text.replaceFirst("(?m)^(    - .*/components/cnpg-backup)\n", "$1\n$1/recovery\n"));
        push("Rebuild it, and forget the generation");
    }

    /** Lets the superuser in to the copy that the playbook makes beside it. */
    public CnpgDatabase letIntoCopy(Place place, String password) {
        CnpgDatabase copy = CnpgDatabase.in(place, SYSTEM, NAME + "-copy", password);
        place.patch(
                Cnpg.CLUSTER,
                copy.name(),
                "{\"spec\":{\"enableSuperuserAccess\":true,\"superuserSecret\":{\"name\":\"" + CnpgDatabase.SUPERUSER
                        + "\"}}}");
        return copy;
    }

    private static List<String> claims(Place place) {
        return place
                .cluster()
                .client()
                .persistentVolumeClaims()
                .inNamespace(NAMESPACE)
                .withLabels(Cnpg.pods(NAME))
                .list()
                .getItems()
                .stream()
                .map(claim -> claim.getMetadata().getName())
                .toList();
    }

    /** What Git has of it is what Flux has seen. */
    private void push(String message) {
        bootstrap.tree().push(message);
        bootstrap.flux().fetch(bootstrap.tree().commit());
    }

    private static String variables(Bucket bucket) {
        // a bucket that is somebody else's has a place in it that is ours
        String cluster = Origin.above(bucket, PREFIX) + CLUSTER_NAME;
        Map<String, String> variables = Map.of(
                "CLUSTER_NAME", cluster, "DATABASE", LedgerSchema.DATABASE, "POSTGRES_WAL_SIZE", Manifests.WAL_SIZE);
        return variables.entrySet().stream()
                .map(variable -> "      " + variable.getKey() + ": " + variable.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static String patches() {
        StringBuilder text = new StringBuilder("patches:\n");
        List<String> all = new ArrayList<>(SYSTEM.component().trust());
        all.add(Manifests.SERVER);
        for (String patch : all) {
            text.append("  - ").append(patch.strip().indent(4).strip()).append('\n');
        }
        return text.toString();
    }

    /** The component's policy lets nobody in from outside of the cluster, which is right for everyone but us. */
    private static void letIn(Place place) {
        place.apply(List.of(new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName("from-outside")
                .endMetadata()
                .withNewSpec()
                .withPodSelector(new LabelSelectorBuilder().build())
                .addNewIngress()
                .endIngress()
                .withPolicyTypes("Ingress")
                .endSpec()
                .build()));
    }

    private void edit(String path, UnaryOperator<String> change) {
        Path file = bootstrap.tree().folder().resolve(path);
        try {
            String before = Files.readString(file);
            String after = change.apply(before);
            if (after.equals(before)) {
                throw new IllegalStateException(path + " is not what a drill knows how to change");
            }
            Files.writeString(file, after);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot edit " + file + ": " + e.getMessage(), e);
        }
    }
}
