package org.pgrehearsal.system.cnpg;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.kubernetes.Shell;

/** How a standby comes to take over. */
public enum Takeover {
    /** The primary's pod is deleted without grace. */
    DELETION {
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
    /**
     * Every process of the primary's server is killed (SIGKILL), not its pod and not its node. Before that its replication is held up, as by a slow
     * network, until commits wait for a standby or there is a log that no standby has: else hardly anything could be lost.
     */
    KILL {
        @Override
        void begin(CnpgDatabase database, String primary) throws SQLException {
            Shell shell = database.shell(Cnpg.POSTGRES);
            try (Connection connection = database.connect(database.login().database());
                    Statement statement = connection.createStatement()) {
                String senders = one(statement, "SELECT string_agg(pid::text, ' ') FROM pg_stat_replication");
                shell.run(DEADLINE, List.of("sh", "-c", "kill -STOP " + senders));
                Waiting.on("commits of " + primary + " that no standby has", DEADLINE)
                        .every(Duration.ofMillis(100))
                        .until(() -> heldUp(statement), "t"::equals);
            }
            // of all that there is in the container's namespace it spares the first process, the instance manager, and
            // the shell
            shell.run(DEADLINE, List.of("sh", "-c", "kill -KILL -1"));
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

    /** What the standbys lack, or that commits wait for them (the wait event {@code SyncRep}). */
    private static final String HELD_UP = """
            SELECT pg_current_wal_flush_lsn() - max(sent_lsn) > 512 * 1024
                   OR (SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep') > 1
            FROM pg_stat_replication
            """;

    abstract void begin(CnpgDatabase database, String primary) throws SQLException;

    private static String heldUp(Statement statement) {
        try {
            return one(statement, HELD_UP);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask what the standbys lack: " + e.getMessage(), e);
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

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
    public void happen(CnpgDatabase database) throws SQLException {
        String before = database.primary();
        begin(database, before);
        Waiting.on("another instance of " + database.name() + " than " + before + " to be the primary", DEADLINE)
                .every(Duration.ofMillis(500))
                .until(database::primary, now -> !now.isEmpty() && !now.equals(before));
        database.awaitReady(DEADLINE);
        database.awaitConnection(DEADLINE);
    }
}
