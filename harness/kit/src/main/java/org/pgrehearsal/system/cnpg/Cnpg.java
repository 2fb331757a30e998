package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import java.util.Optional;

/** CloudNativePG's kinds, labels and words. */
public final class Cnpg {
    public static final ResourceDefinitionContext CLUSTER = kind("postgresql.cnpg.io", "v1", "Cluster", "clusters");
    public static final ResourceDefinitionContext BACKUP = kind("postgresql.cnpg.io", "v1", "Backup", "backups");
    public static final ResourceDefinitionContext SCHEDULED_BACKUP =
            kind("postgresql.cnpg.io", "v1", "ScheduledBackup", "scheduledbackups");
    /** Of the pgBackRest plugin. */
    public static final ResourceDefinitionContext ARCHIVE =
            kind("pgbackrest.pgrehearsal.org", "v1alpha1", "Archive", "archives");

    /** The container in which an instance's server runs. */
    public static final String POSTGRES = "postgres";

    /** The container, and a part of the pod's name, in which a cluster is restored. */
    public static final String RECOVERY = "full-recovery";

    private Cnpg() {}

    private static ResourceDefinitionContext kind(String group, String version, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    /** The labels of a cluster's pods. */
    public static Map<String, String> pods(String cluster) {
        return Map.of("cnpg.io/cluster", cluster);
    }

    /** The labels of the pod that takes writes. */
    public static Map<String, String> primary(String cluster) {
        return Map.of("cnpg.io/cluster", cluster, "cnpg.io/instanceRole", "primary");
    }

    /** A text of an object's status, or of its spec; empty if it is not there. */
    public static String text(GenericKubernetesResource object, Object... path) {
        Object value = object.get(path);
        return value == null ? "" : value.toString();
    }

    /** The status of a condition: {@code True}, {@code False}, {@code Unknown}; empty if there is none of that type. */
    public static Optional<Condition> condition(GenericKubernetesResource object, String type) {
        if (object.get("status", "conditions") instanceof Iterable<?> conditions) {
            for (Object each : conditions) {
                if (each instanceof Map<?, ?> condition && type.equals(condition.get("type"))) {
                    return Optional.of(new Condition(
                            String.valueOf(condition.get("status")),
                            String.valueOf(condition.get("reason")),
                            String.valueOf(condition.get("message"))));
                }
            }
        }
        return Optional.empty();
    }

    /** A condition of an object, as its controller wrote it. */
    public record Condition(String status, String reason, String message) {
        public boolean isTrue() {
            return "True".equals(status);
        }

        @Override
        public String toString() {
            return status + " (" + reason + ": " + message + ")";
        }
    }
}
