package org.pgrehearsal.system.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.gitops.Release;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.kubernetes.Jobs;
import org.pgrehearsal.platform.kubernetes.Kustomization;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.system.cnpg.Manifests;
import org.pgrehearsal.system.cnpg.Origin;
import org.pgrehearsal.system.cnpg.Settings;

/**
 * A database of CloudNativePG with a release of the chart {@code cnpg-pgdump-backup}, as {@code kubernetes/apps/databases/cnpg-pgdump} has them.
 *
 * @param place     its namespace
 * @param tree      the repository
 * @param kustomize the program
 * @param runner    runs it
 * @param folder    a new folder for the objects
 */
public record DumpedDatabase(Place place, Path tree, Path kustomize, Runner runner, Path folder) {
    /** The name of the release. */
    public static final String RELEASE = Origin.NAME + "-dump";

    private static final String BASE = "kubernetes/apps/databases/cnpg-pgdump/app";
    private static final String SECRET = "pgdump-s3";
    /** What the dumps of all places are in. */
    public static final String CLUSTER_NAME = "drill";

    private static final Duration INSTALLED = Duration.ofMinutes(3);
    private static final Duration DUMP = Duration.ofMinutes(8);
    private static final Duration RESTORE = Duration.ofMinutes(10);
    private static final Map<String, String> RESTORES = Map.of("app.kubernetes.io/component", "restore");

    private static final String LEDGER = """
            target:
              kind: Cluster
            patch: |-
              - op: add
                path: /spec/postgresql
                value: {}
              - op: replace
                path: /spec/bootstrap/initdb/database
                value: %s
            """.formatted(LedgerSchema.DATABASE);

    /** What every drill's release has: our authority, roles in its dumps, and nothing by itself. */
    private static final Map<String, Object> VALUES = Map.of(
            "s3", Map.of("caSecretName", "store-ca"),
            "dump", Map.of("globals", Map.of("enabled", true)),
            "controllers", Map.of("cronjob", Map.of("suspend", true)));

    /**
     * Where the dumps of a place's database are, from the root of its part of a bucket on.
     *
     * @return with a slash at its end
     */
    public static String prefix(Place place) {
        return CLUSTER_NAME + "/" + place.name() + "/" + RELEASE + "/" + LedgerSchema.DATABASE + "/";
    }

    /** Makes the database, empty; does not wait for it. */
    public void makeDatabase() {
        place.apply(objects(Map.of(), "", object -> !isRelease(object)));
    }

    /**
     * Makes the release, or changes its values.
     *
     * @param access how pods reach the store; with an authority of its own
     * @param bucket its name
     * @param path   where in it, if it is somebody else's: empty, or with a slash at its end
     * @param values beside those of the tree and of every drill
     */
    public Release release(S3Access access, String bucket, String path, Map<String, ?> values) {
        place.secret(
                SECRET,
                "Opaque",
                Map.of(
                        "S3_ACCESS_KEY_ID", access.accessKey(),
                        "S3_SECRET_ACCESS_KEY", access.secretKey(),
                        "S3_REGION", access.region(),
                        "S3_ENDPOINT", access.endpoint().toString(),
                        "S3_BUCKET", bucket));
        Manifests.authority(place, access);
        place.apply(objects(values, path, DumpedDatabase::isRelease));
        return new Release(place, RELEASE);
    }

    /** Waits until the chart is installed. */
    public void awaitInstalled() {
        new Release(place, RELEASE).awaitReady(INSTALLED);
    }

    /** Has the CronJob dump now, and waits for the end. */
    public Jobs.Ended dump() {
        Jobs jobs = new Jobs(place);
        return jobs.await(jobs.order(RELEASE), "backup", DUMP);
    }

    /** The restore Jobs that there are. */
    public Set<String> restores() {
        return new HashSet<>(new Jobs(place).names(RESTORES));
    }

    /**
     * Waits until a restore Job was made and has ended.
     *
     * @param known those that were there before
     */
    public Jobs.Ended awaitRestore(Set<String> known) {
        Release release = new Release(place, RELEASE);
        List<String> made = Waiting.on("a restore Job in " + place.name(), INSTALLED)
                .every(Duration.ofMillis(300))
                .until(
                        () -> restores().stream()
                                .filter(job -> !known.contains(job))
                                .toList(),
                        jobs -> !jobs.isEmpty(),
                        _ -> release.whyNot());
        return new Jobs(place).await(made.getFirst(), "restore", RESTORE);
    }

    private static boolean isRelease(HasMetadata object) {
        return object.getKind().equals(Release.KIND.getKind());
    }

    private List<HasMetadata> objects(Map<String, ?> values, String path, Predicate<HasMetadata> which) {
        List<String> patches =
                new ArrayList<>(List.of(Release.NO_SECRET, LEDGER, Manifests.SERVER, Release.values(VALUES)));
        if (!values.isEmpty()) {
            patches.add(Release.values(values));
        }
        Map<String, String> variables = new HashMap<>(Settings.read(tree));
        variables.put("CLUSTER_NAME", path + CLUSTER_NAME);
        variables.put("NAMESPACE", place.name());
        variables.put("APP", Origin.NAME);
        // writers are several connections, and a dump is one more that reads all of it
        variables.put("POSTGRES_STORAGE_SIZE", "4Gi");
        Kustomization kustomization = new Kustomization(tree, List.of(BASE), List.of(), patches);
        return kustomization.build(place.cluster().client(), runner, kustomize, folder, variables).stream()
                .filter(which)
                .toList();
    }
}
