package org.pgrehearsal.plugin.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.cnpgi.backup.BackupRequest;
import org.pgrehearsal.cnpgi.backup.BackupResult;
import org.pgrehearsal.cnpgi.restorejob.RestoreRequest;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.plugin.rig.Calls;
import org.pgrehearsal.plugin.rig.Clusters;
import org.pgrehearsal.plugin.rig.Manager;
import org.pgrehearsal.plugin.rig.Rig;
import org.pgrehearsal.plugin.rig.Sidecar;
import org.pgrehearsal.process.Command;

/** Recovery jobs with a real server: what comes back, and that what is missing is never taken for the end. */
class RestoreIT {
    private static final int ROWS = 8;

    private Rig rig;
    private Manager manager;
    private PostgresCluster source;
    private BackupResult backup;
    private String moment;
    private PostgresCluster restored;
    private Sidecar job;

    @BeforeEach
    void start() throws Exception {
        rig = new Rig();
        manager = rig.manager();
        Clusters definition =
                Clusters.named("demo").archiving(rig.parameters("demo")).primary(Rig.POD);
        source = rig.source("source", manager);
        Sidecar sidecar = rig.sidecar("instance", source, source.port());
        manager.use(sidecar, definition);
        Rig.rows(source, 1, 2);
        // what an earlier recovery left behind
        Rig.execute(
                source,
                "ALTER SYSTEM SET restore_command = 'false'",
                "ALTER SYSTEM SET recovery_target_name = 'x'",
                "ALTER SYSTEM SET work_mem = '5MB'");
        backup = sidecar.backup()
                .backup(BackupRequest.newBuilder()
                        .setClusterDefinition(definition.bytes())
                        .setBackupDefinition(ByteString.copyFromUtf8("{\"metadata\":{\"uid\":\"one\"}}"))
                        .build());
        Rig.rows(source, 3, 5);
        moment = Rig.text(source, "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')");
        Rig.rows(source, 6, ROWS);
        Rig.archived(source);
        source.stop();
        restored = rig.cluster("restored");
        job = rig.sidecar("restore", restored, 1);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Clusters fresh() {
        return Clusters.named("fresh")
                .archiving(rig.parameters("fresh"))
                .recoveringFrom("origin", rig.parameters("demo"));
    }

    /** The recovery job: the hook, and what CloudNativePG's manager does with its answer. */
    private void recover(Clusters cluster, String more) throws Exception {
        recover(cluster, more, () -> {});
    }

    private void awaitPromotion() {
        restored.awaitConnection("postgres", Rig.PATIENCE);
        Waiting.on("the end of recovery", Rig.PATIENCE)
                .until(() -> Rig.observe(restored, "SELECT pg_is_in_recovery()"), "f"::equals);
    }

    private String awaitEnd() {
        return Waiting.on("the server to give up", Rig.PATIENCE)
                .until(restored::whyDead, java.util.Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void everythingComesBack() throws Exception {
        recover(fresh(), "");
        awaitPromotion();

        assertThat(Rig.rows(restored)).isEqualTo("1 2 3 4 5 6 7 8");
        assertThat(Files.readAllLines(restored.data().resolve("postgresql.auto.conf")))
                .contains("work_mem = '5MB'")
                .noneMatch(line -> line.startsWith("restore_command") || line.startsWith("recovery_target"));
        assertThat(rig.stored("fresh")).isEmpty();
    }

    @Test
    void aMomentComesBackAndNoMore() throws Exception {
        recover(fresh().target("targetTime", moment), "recovery_target_time = '" + moment + " UTC'\n");
        awaitPromotion();

        assertThat(Rig.rows(restored)).isEqualTo("1 2 3 4 5");
    }

    @Test
    void recoveryWaitsForAnOutageToEnd() throws Exception {
        Path hidden = rig.work().resolve("hidden");
        Path archive = rig.repository().resolve("archive");
        // the outage begins with the first segment after the backup
        recover(fresh(), "", () -> Files.move(archive, hidden));
        Waiting.on("the sidecar to wait for the repository", Rig.PATIENCE)
                .until(() -> read(job.log()), log -> log.contains("recovery waits for the repository"));
        assertThat(restored.isAlive()).isTrue();
        assertThat(read(restored.log())).doesNotContain("archive recovery complete");

        Files.move(hidden, archive);
        awaitPromotion();

        assertThat(Rig.rows(restored)).isEqualTo("1 2 3 4 5 6 7 8");
    }

    @Test
    void recoveryIsAbortedAndNotEndedWhenTheSidecarIsGone() throws Exception {
        recover(fresh(), "", () -> job.kill());

        assertThat(awaitEnd()).contains("could not restore file");
        assertThat(read(restored.log())).doesNotContain("archive recovery complete");
    }

    @Test
    void aHoleIsNotTheEnd() throws Exception {
        String lost = rig.stored("demo").get(rig.stored("demo").indexOf(backup.getEndWal()) + 2);
        rig.runner()
                .run(Command.of(
                        "sh",
                        "-c",
                        "rm " + rig.repository().resolve("archive/demo/15-1/" + lost.substring(0, 16)) + "/" + lost
                                + "-*"))
                .orFail();

        recover(fresh(), "");

        assertThat(awaitEnd()).contains("could not restore file \"" + lost + "\"");
        assertThat(manager.refusals())
                .anyMatch(refusal -> refusal.startsWith("DATA_LOSS") && refusal.contains("has a hole: " + lost));
        assertThat(read(restored.log())).doesNotContain("archive recovery complete");
    }

    @Test
    void whatCannotBeRestoredIsRefusedWithTheRemedy() throws Exception {
        assertThat(refusal(fresh().target("targetTime", "2001-01-01T00:00:00Z")))
                .contains("holds no backup that ended before 2001-01-01")
                .contains(backup.getBackupId());
        assertThat(refusal(fresh().target("backupID", "20010101-000000F")))
                .contains("no backup called 20010101-000000F");
        assertThat(refusal(fresh().target("targetTime", "soon"))).contains("is not a time");
        assertThat(refusal(Clusters.named("fresh")
                        .archiving(rig.parameters("demo"))
                        .recoveringFrom("origin", rig.parameters("demo"))))
                .contains("is not empty")
                .contains("a path or a stanza of its own");
        assertThat(refusal(Clusters.named("fresh").archiving(rig.parameters("fresh"))))
                .contains("recovery.source");
        assertThat(refusal(Clusters.named("fresh").recoveringFrom("origin", rig.parameters("nowhere"))))
                .contains("holds none at all");
        try (Stream<Path> files = Files.exists(restored.data()) ? Files.list(restored.data()) : Stream.empty()) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void walGoesToItsOwnVolume() throws Exception {
        Clusters cluster = fresh();
        cluster.object("/spec/walStorage").put("size", "1Gi");
        recover(cluster, "");
        awaitPromotion();

        assertThat(restored.data().resolve("pg_wal")).isSymbolicLink();
        assertThat(Files.readSymbolicLink(restored.data().resolve("pg_wal")))
                .isEqualTo(restored.home().resolve("wal"));
        assertThat(Rig.rows(restored)).isEqualTo("1 2 3 4 5 6 7 8");
    }

    private interface Trouble {
        void begin() throws Exception;
    }

    /** Restores the files, then makes trouble before the server asks for its first segment. */
    private void recover(Clusters cluster, String more, Trouble trouble) throws Exception {
        String configuration = job.restore()
                .restore(RestoreRequest.newBuilder()
                        .setClusterDefinition(cluster.bytes())
                        .build())
                .getRestoreConfig();
        Files.writeString(
                restored.data().resolve("postgresql.conf"),
                "\narchive_mode = on\narchive_command = 'false'\n" + manager.recovery(configuration, restored) + more,
                StandardOpenOption.APPEND);
        Path signal = restored.data().resolve("recovery.signal");
        assertThat(signal).doesNotExist();
        Files.createFile(signal);
        rig.runner().account().own(signal);
        manager.use(job, cluster);
        trouble.begin();
        restored.launch(Map.of(), Map.of());
    }

    private String refusal(Clusters cluster) {
        Status status = Calls.refusal(() -> job.restore()
                .restore(RestoreRequest.newBuilder()
                        .setClusterDefinition(cluster.bytes())
                        .build()));
        assertThat(status.getCode()).isIn(List.of(Status.Code.FAILED_PRECONDITION, Status.Code.INVALID_ARGUMENT));
        return String.valueOf(status.getDescription());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return "";
        }
    }
}
