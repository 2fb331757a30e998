package org.pgrehearsal.system.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.gitops.Release;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.kubernetes.Jobs;
import org.pgrehearsal.platform.kubernetes.Kustomization;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.cnpg.Manifests;
import org.pgrehearsal.system.cnpg.Settings;
import org.pgrehearsal.system.pgbackrest.StanzaIndex;
import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.target.TargetTimeline;

/**
 * A release of the chart {@code postgresql-pgbackrest}, as {@code kubernetes/apps/databases/pgbackrest} has it.
 *
 * @param server    its server
 * @param tree      the repository
 * @param kustomize the program
 * @param runner    runs it
 * @param folder    a new folder for the objects
 */
public record ArchivedDatabase(ChartServer server, Path tree, Path kustomize, Runner runner, Path folder) {
    private static final String BASE = "kubernetes/apps/databases/pgbackrest/app";
    private static final String SECRET = "pgbackrest-s3";
    private static final String PASSWORDS = "passwords";
    private static final String STANZA = "main";
    private static final String CLUSTER = "drill";
    /** What stands for the namespace in the path: copies of a source's bucket are restored elsewhere, by the source's path. */
    private static final String NAMESPACE = "source";

    /** Where the repository of every source is, from the root of its part of a bucket on. */
    public static final String PREFIX = CLUSTER + "/" + NAMESPACE + "/" + ChartServer.NAME + "/";

    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration BACKUP = Duration.ofMinutes(10);

    /** What a restored server must share with its source, and room for what a course leaves behind. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "archive_timeout", "5min",
            "max_connections", "60",
            "max_prepared_transactions", "64",
            "max_locks_per_transaction", "256",
            "shared_buffers", "96MB",
            "max_wal_size", "2GB",
            "checkpoint_timeout", "1h",
            "wal_keep_size", "1GB");

    /**
     * Makes a database that archives, and takes no backup by itself but the chart's first.
     *
     * @param access how pods reach the store; with an authority of its own
     * @param bucket from {@link #PREFIX} on
     * @param async  whether it archives in the background
     */
    public void source(S3Access access, Bucket bucket, boolean async) {
        secrets(access);
        Map<String, Object> pgbackrest = Map.of(
                "enabled", true,
                "compression", Map.of("type", "lz4"),
                "archive", Map.of("async", async),
                "repositories", Map.of("repo1", repository(bucket, access)),
                "backup", Map.of("suspend", true, "differentialSchedule", "10 3 1 1 *"));
        make(Map.of("pgbackrest", pgbackrest));
    }

    /**
     * Makes a database from another one's repository. It archives nowhere, and has nothing to write there with.
     *
     * @param access by which nothing can be written
     */
    public void restored(S3Access access, Bucket bucket, RestoreOrder order) {
        secrets(access);
        Map<String, Object> recovery = new HashMap<>(target(order));
        recovery.put("enabled", true);
        recovery.put("set", order.backup().label());
        recovery.put("source", Map.of("stanza", STANZA, "repositories", Map.of("repo1", repository(bucket, access))));
        Map<String, Object> none = new HashMap<>();
        none.put("repo1", null);
        make(Map.of("pgbackrest", Map.of("enabled", false, "repositories", none), "recovery", recovery));
    }

    private void secrets(S3Access access) {
        Place place = server.place();
        place.secret(
                SECRET,
                "Opaque",
                Map.of("S3_ACCESS_KEY_ID", access.accessKey(), "S3_SECRET_ACCESS_KEY", access.secretKey()));
        String password = String.valueOf(server.login().password());
        place.secret(PASSWORDS, "Opaque", Map.of("postgres-password", password, "password", password));
        Manifests.authority(place, access);
    }

    private static Map<String, Object> repository(Bucket bucket, S3Access access) {
        Map<String, Object> repository = new HashMap<>();
        repository.put("type", "s3");
        repository.put(
                "path", "/" + bucket.prefix().substring(0, bucket.prefix().length() - 1));
        repository.put(
                "s3",
                Map.of(
                        "bucket", bucket.name(),
                        "endpoint", access.endpoint().toString(),
                        "region", access.region(),
                        "existingSecret", SECRET,
                        "ca", Map.of("secretName", "store-ca", "key", "ca.crt")));
        // what is encrypted cannot be looked into from outside
        repository.put("cipher", null);
        return repository;
    }

    private static Map<String, Object> target(RestoreOrder order) {
        Map<String, String> settings = order.target().settings(order.timeline(), order.action());
        Map<String, Object> values = new HashMap<>();
        values.put(
                "type",
                switch (order.target()) {
                    case RecoveryTarget.Latest _ -> "latest";
                    case RecoveryTarget.Immediate _ -> "immediate";
                    case RecoveryTarget.Time _ -> "time";
                    case RecoveryTarget.AtLsn _ -> "lsn";
                    case RecoveryTarget.Xid _ -> "xid";
                    case RecoveryTarget.Name _ -> "name";
                });
        String type = String.valueOf(values.get("type"));
        String target = settings.get("recovery_target_" + type);
        if (target != null) {
            values.put("target", target);
        }
        if ("off".equals(settings.get("recovery_target_inclusive"))) {
            values.put("exclusive", true);
        }
        if (order.timeline() instanceof TargetTimeline.Numbered) {
            values.put("timeline", order.timeline().setting());
        }
        if (!(order.target() instanceof RecoveryTarget.Latest)) {
            values.put("targetAction", order.action().setting());
        }
        return values;
    }

    private void make(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put(
                "postgresql",
                Map.of(
                        "database", LedgerSchema.DATABASE,
                        "existingSecret", PASSWORDS,
                        "parameters", PARAMETERS));
        all.put("persistence", Map.of("size", "4Gi"));
        List<String> patches = new ArrayList<>(List.of(Release.NO_SECRET, Release.values(all)));
        Map<String, String> variables = new HashMap<>(Settings.read(tree));
        variables.put("CLUSTER_NAME", CLUSTER);
        variables.put("NAMESPACE", NAMESPACE);
        variables.put("APP", ChartServer.NAME);
        Kustomization kustomization = new Kustomization(tree, List.of(BASE), List.of(), patches);
        List<HasMetadata> objects =
                kustomization.build(server.place().cluster().client(), runner, kustomize, folder, variables);
        server.place().apply(objects);
    }

    /** Its release. */
    public Release release() {
        return new Release(server.place(), ChartServer.NAME);
    }

    /** Waits until the chart's own first backup is done: it would hold up the next. */
    public void awaitFirstBackup(Bucket bucket) {
        Waiting.on("the chart's first backup of " + server.place().name(), FIRST)
                .every(Duration.ofSeconds(1))
                .until(() -> labels(bucket), labels -> !labels.isEmpty());
    }

    private static Set<String> labels(Bucket bucket) {
        String key = "backup/" + STANZA + "/backup.info";
        if (bucket.list(key).isEmpty()) {
            return Set.of();
        }
        return StanzaIndex.parse(new String(bucket.read(key), UTF_8)).entries().keySet();
    }

    /**
     * Has a CronJob take a backup now.
     *
     * @throws IllegalStateException if it fails, with its words
     */
    public Backup.Physical backup(Bucket bucket, BackupKind kind) {
        Instant started = Instant.now();
        Set<String> before = labels(bucket);
        String type = switch (kind) {
            case FULL -> "full";
            case DIFFERENTIAL -> "diff";
            case INCREMENTAL -> "incr";
        };
        Jobs jobs = new Jobs(server.place());
        Jobs.Ended ended = jobs.await(jobs.order(ChartServer.NAME + "-" + type), "backup", BACKUP);
        if (!ended.succeeded()) {
            throw new IllegalStateException("the backup failed: "
                    + ended.log().stream().reduce((_, last) -> last).orElse("it did not say why"));
        }
        Set<String> made = new TreeSet<>(labels(bucket));
        made.removeAll(before);
        if (made.size() != 1) {
            throw new IllegalStateException("a backup was taken, and the repository's index has " + made + " more");
        }
        StanzaIndex.Entry entry = StanzaIndex.parse(new String(bucket.read("backup/" + STANZA + "/backup.info"), UTF_8))
                .entry(made.iterator().next());
        return new Backup.Physical(
                entry.label(),
                entry.kind(),
                entry.timeline(),
                entry.start(),
                entry.stop(),
                started,
                Duration.between(started, Instant.now()));
    }
}
