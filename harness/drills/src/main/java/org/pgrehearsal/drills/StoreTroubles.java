package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.store.Fault;
import org.pgrehearsal.store.FaultRule;
import org.pgrehearsal.store.Gate;
import org.pgrehearsal.store.GateKey;
import org.pgrehearsal.store.Injection;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.store.Selector;
import org.pgrehearsal.system.cnpg.Cnpg;
import org.pgrehearsal.system.cnpg.CnpgDatabase;
import org.pgrehearsal.system.cnpg.Manifests;

/**
 * What befalls a source's store, or the keys to it, while its writers run. Each ends with an archive that is written to again.
 *
 * @param store     the source's own way in
 * @param tree      the repository, for its alerts
 * @param redaction learns the keys that are made
 */
record StoreTroubles(Gate store, Path tree, Redaction redaction) {
    private static final Duration FAILING = Duration.ofMinutes(4);
    private static final Duration GOING_ON = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** A segment is closed with each look, so there are not to be many. */
    private static final Duration LOOK_AND_SWITCH = Duration.ofSeconds(5);
    /** The server tries three times, a second apart, and then waits for a minute: so many failures take longer than that. */
    private static final long FAILURES = 5;

    /** Nothing is answered but errors. */
    void away(CnpgDatabase source) {
        outage(source, FaultRule.of(Selector.everything(), new Fault.Status(503)));
    }

    /** Nothing can be written any more. */
    void full(CnpgDatabase source) {
        outage(source, FaultRule.of(Selector.method("PUT", "POST"), new Fault.Status(507)));
    }

    private void outage(CnpgDatabase source, FaultRule rule) {
        try (Injection outage = store.inject(rule)) {
            awaitFailing(source);
            if (outage.hits() == 0) {
                throw new Doubt("the outage never hit a request");
            }
        }
        awaitArchiving(source);
    }

    /** As the how-to says: a second key comes into the Secret, and the first is revoked when the second is used. */
    void rotateKey(CnpgDatabase source) {
        GateKey second = newKey();
        Manifests.credentials(source, second.access());
        Waiting.on("the new key to be used", FAILING)
                .every(LOOK_AND_SWITCH)
                .until(
                        () -> {
                            switchSegment(source);
                            return second.uses();
                        },
                        uses -> uses > 0);
        store.key().revoke();
        switchSegment(source);
        awaitArchiving(source);
    }

    /** The first key is revoked too early: the second comes into the Secret only when archiving has failed. */
    void revokeKey(CnpgDatabase source) {
        store.key().revoke();
        awaitFailing(source);
        Manifests.credentials(source, newKey().access());
        awaitArchiving(source);
    }

    /** The Secret gets the right key with a wrong secret, and the right one back when archiving has failed. */
    void mistypeKey(CnpgDatabase source) {
        S3Access right = store.access();
        Manifests.credentials(
                source,
                new S3Access(
                        right.endpoint(),
                        right.region(),
                        right.accessKey(),
                        new StringBuilder(right.secretKey()).reverse().toString(),
                        right.caCertificate()));
        awaitFailing(source);
        Manifests.credentials(source, right);
        awaitArchiving(source);
    }

    private GateKey newKey() {
        GateKey key = store.newKey();
        redaction.add(
                "gate-secret-key-" + key.access().accessKey(), key.access().secretKey());
        return key;
    }

    /** Until the server has given up several times, the operator says so, and the alert would. */
    private void awaitFailing(CnpgDatabase source) {
        switchSegment(source);
        Waiting.on("the server to fail " + FAILURES + " times to archive", FAILING)
                .every(LOOK)
                .until(() -> archiver(source, "failed_count"), failures -> failures >= FAILURES);
        Waiting.on("the operator to say that archiving fails", FAILING)
                .every(LOOK)
                .until(
                        () -> source.object().flatMap(cluster -> Cnpg.condition(cluster, "ContinuousArchiving")),
                        condition -> condition
                                .filter(is -> is.status().equals("False"))
                                .isPresent());
        Alert alert = Alert.read(tree, "PostgresArchivingFailing");
        Waiting.on("the expression of the alert " + alert.name() + " to be true", FAILING)
                .every(LOOK)
                .until(() -> alert.values(source.metrics()), Alert.Values::areTrue);
    }

    private static void awaitArchiving(CnpgDatabase source) {
        long before = archiver(source, "archived_count");
        Waiting.on("archiving to go on", GOING_ON)
                .every(LOOK)
                .until(() -> archiver(source, "archived_count"), now -> now > before);
    }

    private static void switchSegment(CnpgDatabase source) {
        try (Connection connection = source.connect(source.login().database());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_switch_wal()");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot end the segment: " + e.getMessage(), e);
        }
    }

    private static long archiver(CnpgDatabase source, String count) {
        try (Connection connection = source.connect(source.login().database());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + count + " FROM pg_stat_archiver")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask the archiver: " + e.getMessage(), e);
        }
    }
}
