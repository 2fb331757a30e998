package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.kubernetes.Kustomization;
import org.pgrehearsal.platform.kubernetes.Place;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.target.TargetTimeline;

/**
 * The objects of a drill's databases, built from what users have in {@code kubernetes/}: the exemplar and the component of a
 * backup system. What a drill changes is in the patches here and in {@link Component}.
 *
 * @param tree      the repository
 * @param kustomize the program
 * @param runner    runs it
 * @param system    backs the databases up
 */
public record Manifests(Path tree, Path kustomize, Runner runner, CnpgSystem system) {
    static final String WAL_SIZE = "4Gi";
    static final String BASE = "kubernetes/apps/databases/cnpg-barman/app";
    private static final String STANDBY = "kubernetes/components/cnpg-standby";

    /** What every server of a drill has: our way in, and the settings that a restored server must share with its source. */
    public static final String SERVER = """
            target:
              kind: Cluster
            patch: |-
              - op: add
                path: /spec/enableSuperuserAccess
                value: true
              - op: add
                path: /spec/superuserSecret
                value:
                  name: superuser
              - op: add
                path: /spec/postgresql/parameters
                value:
                  archive_timeout: 5min
                  max_connections: "60"
                  max_prepared_transactions: "64"
                  max_locks_per_transaction: "256"
                  shared_buffers: 96MB
                  max_wal_size: 2GB
                  checkpoint_timeout: 1h
                  wal_keep_size: 1GB
            """;

    /** A commit is acknowledged when one standby has it, and waits for as long as there is none. */
    private static final String SYNCHRONOUS = """
            target:
              kind: Cluster
            patch: |-
              - op: add
                path: /spec/postgresql/synchronous
                value:
                  method: any
                  number: 1
                  dataDurability: required
            """;

    /** The component has no variable for it. */
    private static final String IMMEDIATE = """
            target:
              kind: Cluster
            patch: |-
              - op: add
                path: /spec/bootstrap/recovery/recoveryTarget/targetImmediate
                value: true
            """;

    /** The component's variables, by PostgreSQL's settings. */
    private static final Map<String, String> VARIABLES = Map.of(
            "recovery_target_time", "RECOVER_TARGET_TIME",
            "recovery_target_lsn", "RECOVER_TARGET_LSN",
            "recovery_target_xid", "RECOVER_TARGET_XID",
            "recovery_target_name", "RECOVER_TARGET_NAME");

    /**
     * A database that is made empty and archives.
     *
     * @param settings variables of the exemplar and its components that differ from what drills have
     * @param synchronous whether its commits wait for a standby
     */
    public void source(Place place, Origin origin, Path folder, Map<String, String> settings, boolean synchronous) {
        Component component = system.component();
        List<String> all = new ArrayList<>(component.trust());
        all.addAll(component.quiet());
        all.add(SERVER);
        if (synchronous) {
            all.add(SYNCHRONOUS);
        }
        Map<String, String> values = values(origin, settings);
        make(place, origin, new Kustomization(tree, List.of(BASE), component.archives(), all), folder, values);
    }

    /**
     * A database that is made from a backup, and archives nowhere.
     *
     * @param settings of its source; it has one instance all the same
     */
    public void restored(Place place, Origin origin, RestoreOrder order, Path folder, Map<String, String> settings) {
        Component component = system.component();
        List<String> patches = new ArrayList<>(component.trust());
        patches.add(SERVER);
        patches.addAll(component.alone());
        if (order.target() instanceof RecoveryTarget.Immediate) {
            patches.add(IMMEDIATE);
        }
        Map<String, String> values = values(origin, settings);
        values.put("POSTGRES_INSTANCES", "1");
        values.put("RECOVER_GENERATION", Integer.toString(origin.generation()));
        values.putAll(target(order));
        make(place, origin, new Kustomization(tree, List.of(BASE), component.recovers(), patches), folder, values);
    }

    /** A replica cluster that follows a source's archive, and archives nowhere. */
    public void following(Place place, Origin origin, Path folder) {
        Component component = system.component();
        List<String> patches = new ArrayList<>(component.trust());
        patches.add(SERVER);
        patches.addAll(component.alone());
        Map<String, String> values = values(origin, Map.of());
        // as if it were in another Kubernetes cluster
        values.put("CLUSTER_NAME", origin.cluster() + "-elsewhere");
        values.put("ORIGIN_CLUSTER_NAME", origin.cluster());
        values.put("ORIGIN_NAMESPACE", Origin.NAMESPACE);
        values.put("ORIGIN_APP", Origin.NAME);
        values.put("ORIGIN_GENERATION", Integer.toString(origin.generation()));
        List<String> follows = new ArrayList<>(component.archives());
        follows.add(STANDBY);
        make(place, origin, new Kustomization(tree, List.of(BASE), follows, patches), folder, values);
    }

    private Map<String, String> values(Origin origin, Map<String, String> settings) {
        Map<String, String> values = new HashMap<>(Settings.read(tree));
        values.put("CLUSTER_NAME", origin.cluster());
        values.put("NAMESPACE", Origin.NAMESPACE);
        values.put("APP", Origin.NAME);
        values.put("GENERATION", Integer.toString(origin.generation()));
        values.put("DATABASE", LedgerSchema.DATABASE);
        values.put("S3_ENDPOINT", origin.access().endpoint().toString());
        values.put("S3_BUCKET", origin.bucket());
        values.put("S3_REGION", origin.access().region());
        values.put("POSTGRES_INSTANCES", "1");
        // what waits while the store is away must have room
        values.put("POSTGRES_WAL_SIZE", WAL_SIZE);
        values.putAll(settings);
        return values;
    }

    /** The variables of the component {@code recovery}; in quotes, since each must be a text although it may look like a number. */
    private static Map<String, String> target(RestoreOrder order) {
        Map<String, String> settings = order.target().settings(order.timeline(), order.action());
        Map<String, String> values = new HashMap<>();
        values.put("RECOVER_BACKUP_ID", quoted(order.backup().label()));
        VARIABLES.forEach((setting, variable) -> {
            String value = settings.get(setting);
            if (value != null) {
                values.put(variable, quoted(value));
            }
        });
        if (order.timeline() instanceof TargetTimeline.Numbered) {
            values.put("RECOVER_TIMELINE", quoted(order.timeline().setting()));
        }
        if ("off".equals(settings.get("recovery_target_inclusive"))) {
            values.put("RECOVER_EXCLUSIVE", "true");
        }
        return values;
    }

    private static String quoted(String value) {
        return '"' + value + '"';
    }

    private void make(
            Place place, Origin origin, Kustomization kustomization, Path folder, Map<String, String> values) {
        List<HasMetadata> objects = kustomization.build(place.cluster().client(), runner, kustomize, folder, values);
        credentials(place, system, origin.access());
        authority(place, origin.access());
        place.apply(objects);
    }

    /** Changes the Secret with the keys of a database's store. */
    public static void credentials(CnpgDatabase database, S3Access access) {
        credentials(database.place(), database.system(), access);
    }

    private static void credentials(Place place, CnpgSystem system, S3Access access) {
        place.secret(
                system.component().secret(),
                "Opaque",
                Map.of(
                        "S3_ACCESS_KEY_ID", access.accessKey(),
                        "S3_SECRET_ACCESS_KEY", access.secretKey(),
                        "S3_REGION", access.region()));
    }

    /** Makes the Secret with the authority of a store. */
    public static void authority(Place place, S3Access store) {
        Path file = Objects.requireNonNull(store.caCertificate(), "a gate has an authority");
        try {
            place.secret("store-ca", "Opaque", Map.of("ca.crt", Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
