package org.pgrehearsal.plugin.bench;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.cnpgi.backup.BackupRequest;
import org.pgrehearsal.cnpgi.restorejob.RestoreRequest;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.plugin.rig.Clusters;
import org.pgrehearsal.plugin.rig.Manager;
import org.pgrehearsal.plugin.rig.Rig;
import org.pgrehearsal.plugin.rig.Sidecar;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.store.CertificateAuthority;
import org.pgrehearsal.store.EmbeddedStore;
import org.pgrehearsal.store.S3Access;

/**
 * The plugin beside bare pgBackRest: the same server, the same store, the same settings, by turns. The harness's embedded store over TLS stands for
 * S3, and a program that calls the plugin once for each segment stands for CloudNativePG's, which makes some calls more.
 *
 * <p>Prints lines of {@code name seconds}. Arguments: rounds, segments in each, the scale of pgbench.
 */
public final class PluginBench {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Rig rig;
    private final Manager manager;
    private final PostgresCluster source;
    private final Sidecar sidecar;
    private final Clusters definition;

    private PluginBench(Rig rig, S3Access access) throws Exception {
        this.rig = rig;
        rig.secret("store-keys", "key", access.accessKey());
        rig.secret("store-keys", "key-secret", access.secretKey());
        rig.secret("store-ca", "ca.crt", Files.readString(rig.work().resolve("ca.pem")));
        definition =
                Clusters.named("demo").archiving(parameters(access, "demo")).primary(Rig.POD);
        manager = rig.manager();
        source = rig.source("source", manager);
        sidecar = rig.sidecar("instance", source, source.port());
        manager.use(sidecar, definition);
        Rig.archived(source);
    }

    private static Map<String, String> parameters(S3Access access, String stanza) {
        Map<String, String> parameters = new HashMap<>(Rig.s3(access, stanza));
        parameters.put("retention-full", "1");
        return parameters;
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        int segments = Integer.parseInt(arguments[1]);
        int scale = Integer.parseInt(arguments[2]);
        try (Rig rig = new Rig();
                EmbeddedStore store = EmbeddedStore.start(
                        rig.work().resolve("store"),
                        CertificateAuthority.create(rig.work().resolve("ca.pem")))) {
            store.createBucket("backups");
            new PluginBench(rig, store.gate().access()).measure(store.gate().access(), rounds, segments, scale);
        }
    }

    private void measure(S3Access access, int rounds, int segments, int scale) throws Exception {
        Bare bare = Bare.like(rig, sidecar.home(), access, "demo");
        String byPlugin = manager.archiveCommand(source);
        for (int round = 0; round < rounds; round++) {
            print("segment-plugin", drain(segments, byPlugin) / segments);
            print("segment-bare", drain(segments, bare.archiveCommand("demo")) / segments);
        }
        fill(scale);
        for (int round = 0; round < rounds; round++) {
            archiveBy(byPlugin);
            Rig.archived(source);
            print("backup-plugin", seconds(this::backup));
            archiveBy(bare.archiveCommand("demo"));
            Rig.archived(source);
            print("backup-bare", seconds(() -> bare.run("--stanza=demo", "--type=full", "backup")));
        }
        for (int round = 0; round < rounds; round++) {
            PostgresCluster one = rig.cluster("restored-" + round);
            try (Sidecar job = rig.sidecar("restore", one, 1)) {
                Clusters fresh = Clusters.named("fresh").recoveringFrom("origin", parameters(access, "demo"));
                print(
                        "restore-plugin",
                        seconds(() -> job.restore()
                                .restore(RestoreRequest.newBuilder()
                                        .setClusterDefinition(fresh.bytes())
                                        .build())));
            }
            PostgresCluster other = rig.cluster("bare-" + round);
            rig.runner().account().makePrivateDirectory(other.data());
            print("restore-bare", seconds(() -> bare.restore("demo", other)));
            for (PostgresCluster gone : List.of(one, other)) {
                rig.runner().run(Command.of("rm", "-rf", gone.data())).orFail();
            }
        }
    }

    /** Seconds from the moment that archiving begins until all of many full segments are archived. */
    private double drain(int segments, String command) throws Exception {
        archiveBy("false");
        for (int segment = 0; segment < segments; segment++) {
            // sixteen times a megabyte that cannot be compressed: what repeats is too far away
            Rig.execute(
                    source,
                    "DO $$ DECLARE noise text := (SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 32768));"
                            + " BEGIN FOR i IN 1..16 LOOP PERFORM pg_logical_emit_message(false, 'bench', noise); END LOOP; END $$",
                    "SELECT pg_switch_wal()");
        }
        String last = Rig.text(source, "SELECT pg_walfile_name(pg_current_wal_lsn() - 1)");
        return seconds(() -> {
            archiveBy(command);
            Waiting.on(last + " to be archived", PATIENCE)
                    .until(
                            () -> Rig.observe(source, "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver"),
                            done -> done.compareTo(last) >= 0);
        });
    }

    private void archiveBy(String command) throws Exception {
        Rig.execute(
                source,
                "ALTER SYSTEM SET archive_command = '" + command.replace("'", "''") + "'",
                "SELECT pg_reload_conf()");
    }

    private void fill(int scale) {
        rig.runner()
                .run(Command.of(
                                source.tools().tool("pgbench"),
                                "--initialize",
                                "--quiet",
                                "--scale=" + scale,
                                "--host=" + source.socket(),
                                "--port=" + source.port(),
                                "--username=postgres",
                                "postgres")
                        .within(PATIENCE))
                .orFail();
    }

    private void backup() {
        sidecar.backup()
                .backup(BackupRequest.newBuilder()
                        .setClusterDefinition(definition.bytes())
                        .setBackupDefinition(
                                ByteString.copyFromUtf8("{\"metadata\":{\"uid\":\"" + UUID.randomUUID() + "\"}}"))
                        .build());
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        return (double) (System.nanoTime() - began) / 1e9;
    }

    private static void print(String name, double seconds) {
        System.out.println(String.format(Locale.ROOT, "%s %.3f", name, seconds));
    }
}
