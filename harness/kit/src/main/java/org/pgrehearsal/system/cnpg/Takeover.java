package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.await.Waiting;

/** How a standby comes to take over. */
public enum Takeover {
    /** The primary's pod is deleted at once, as if its node were gone. */
    FAILOVER {
        @Override
        void begin(CnpgDatabase database, String primary) {
            client(database)
                    .pods()
                    .inNamespace(database.place().name())
                    .withName(primary)
                    .withGracePeriod(0)
                    .delete();
        }
    },
    /** The operator is asked to, in the way of {@code kubectl cnpg promote}: by a status that names the next primary. */
    SWITCHOVER {
        @Override
        void begin(CnpgDatabase database, String primary) {
            String next = instances(database).stream()
                    .filter(instance -> !instance.equals(primary))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(database.name() + " has no standby"));
            client(database)
                    .genericKubernetesResources(Cnpg.CLUSTER)
                    .inNamespace(database.place().name())
                    .withName(database.name())
                    .editStatus(cluster -> {
                        if (cluster.getAdditionalProperties().get("status") instanceof Map<?, ?> seen) {
                            Map<String, Object> status = new HashMap<>();
                            seen.forEach((key, value) -> status.put(String.valueOf(key), value));
                            status.put("targetPrimary", next);
                            status.put(
                                    "targetPrimaryTimestamp",
                                    Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
                            status.put("phase", "Switchover in progress");
                            status.put("phaseReason", "Switching over to " + next);
                            cluster.setAdditionalProperty("status", status);
                        }
                        return cluster;
                    });
        }
    };

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    abstract void begin(CnpgDatabase database, String primary);

    private static KubernetesClient client(CnpgDatabase database) {
        return database.place().cluster().client();
    }

    private static List<String> instances(CnpgDatabase database) {
        return database.object()
                                .map(cluster -> cluster.get("status", "instanceNames"))
                                .orElse(null)
                        instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Lets it happen, and waits until another instance is the primary, and all of them are ready again. */
    public void happen(CnpgDatabase database) {
        String before = database.primary();
        begin(database, before);
        Waiting.on("another instance of " + database.name() + " than " + before + " to be the primary", DEADLINE)
                .every(Duration.ofMillis(500))
                .until(database::primary, now -> !now.isEmpty() && !now.equals(before));
        database.awaitReady(DEADLINE);
        database.awaitConnection(DEADLINE);
    }
}
