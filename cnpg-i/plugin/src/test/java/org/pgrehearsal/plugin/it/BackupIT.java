package org.pgrehearsal.plugin.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.cnpgi.backup.BackupRequest;
import org.pgrehearsal.cnpgi.backup.BackupResult;
import org.pgrehearsal.cnpgi.metrics.CollectMetric;
import org.pgrehearsal.cnpgi.metrics.CollectMetricsRequest;
import org.pgrehearsal.cnpgi.metrics.DefineMetricsRequest;
import org.pgrehearsal.cnpgi.metrics.Metric;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.plugin.rig.Calls;
import org.pgrehearsal.plugin.rig.Clusters;
import org.pgrehearsal.plugin.rig.Manager;
import org.pgrehearsal.plugin.rig.Rig;
import org.pgrehearsal.plugin.rig.Sidecar;

/** Backups into a real repository, and what must not be called one. */
class BackupIT {
    private Rig rig;
    private Manager manager;
    private PostgresCluster source;
    private Sidecar sidecar;
    private Clusters definition;

    @BeforeEach
    void start() throws Exception {
        rig = new Rig();
        manager = rig.manager();
        rig.secret("demo-keys", "cipher-pass", "a-passphrase");
        definition = definition(Map.of());
        source = rig.source("source", manager);
        sidecar = rig.sidecar("instance", source, source.port());
        manager.use(sidecar, definition);
        Rig.rows(source, 1, 2);
    }

    private Clusters definition(Map<String, String> more) {
        Map<String, String> parameters = new HashMap<>(rig.parameters("demo"));
        parameters.put("cipher-type", "aes-256-cbc");
        parameters.put("secret", "demo-keys");
        parameters.putAll(more);
        return Clusters.named("demo").archiving(parameters).primary(Rig.POD);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void eachTypeIsReportedWholeAndProven() throws Exception {
        long before = Instant.now().getEpochSecond();
        BackupResult full = backup(definition, Map.of());
        Rig.rows(source, 3, 4);
        BackupResult incremental = backup(definition, Map.of("type", "incr", "repo", "1"));
        BackupResult differential = backup(definition, Map.of("type", "diff"));

        assertThat(full.getBackupId()).matches("\\d{8}-\\d{6}F").isEqualTo(full.getBackupName());
        assertThat(full.getStartedAt()).isBetween(before, full.getStoppedAt());
        assertThat(full.getBeginWal()).matches("[0-9A-F]{24}");
        assertThat(full.getEndWal()).isGreaterThanOrEqualTo(full.getBeginWal());
        assertThat(full.getBeginLsn()).contains("/");
        assertThat(full.getEndLsn()).isGreaterThan(full.getBeginLsn());
        assertThat(full.getInstanceId()).isEqualTo(Rig.POD);
        assertThat(full.getOnline()).isTrue();
        assertThat(full.getMetadataMap())
                .containsEntry("type", "full")
                .containsEntry("stanza", "demo")
                .containsEntry("repo", "1")
                .containsEntry("timeline", "1")
                .containsEntry("systemIdentifier", rig.systemIdentifier(source));
        assertThat(Integer.parseInt(full.getMetadataOrThrow("provenFiles"))).isGreaterThan(900);
        assertThat(incremental.getMetadataMap())
                .containsEntry("type", "incr")
                .containsEntry("prior", full.getBackupId());
        assertThat(differential.getMetadataMap()).containsEntry("type", "diff");
        assertThat(rig.stored("demo"))
                .contains(full.getBeginWal(), full.getEndWal(), incremental.getEndWal(), differential.getEndWal());
        theMetricsSayTheSame(full, differential);
    }

    private void theMetricsSayTheSame(BackupResult first, BackupResult last) {
        CollectMetricsRequest request = CollectMetricsRequest.newBuilder()
                .setClusterDefinition(definition.bytes())
                .build();
        String newest = "pgrehearsal_pgbackrest_last_backup_timestamp[1]";
        Map<String, Double> metrics = Waiting.on("the repositories to be observed after the last backup", Rig.PATIENCE)
                .until(
                        () -> values(sidecar.metrics().collect(request).getMetricsList()),
                        values -> values.getOrDefault(newest, 0.0) == last.getStoppedAt());
        assertThat(metrics)
                .containsEntry("pgrehearsal_pgbackrest_first_recoverability_point[1]", (double) first.getStoppedAt())
                .containsEntry("pgrehearsal_pgbackrest_backups[1, full]", 1.0)
                .containsEntry("pgrehearsal_pgbackrest_backups[1, incr]", 1.0)
                .containsEntry("pgrehearsal_pgbackrest_archive_gap_segments[1]", 0.0)
                .containsEntry("pgrehearsal_pgbackrest_repository_reachable[]", 1.0);
        List<String> defined =
                sidecar.metrics().define(DefineMetricsRequest.getDefaultInstance()).getMetricsList().stream()
                        .map(Metric::getFqName)
                        .toList();
        assertThat(metrics.keySet()).allMatch(name -> defined.contains(name.substring(0, name.indexOf('['))));
    }

    private static Map<String, Double> values(List<CollectMetric> metrics) {
        return metrics.stream()
                .collect(Collectors.toMap(
                        one -> one.getFqName() + one.getVariableLabelsList(), CollectMetric::getValue));
    }

    @Test
    void aBackupWhoseLogDoesNotArriveIsNotOne() throws Exception {
        Rig.archived(source);
        manager.use(null, definition);
        Clusters impatient = definition(Map.of("backup-wal-timeout", "3"));

        Status refusal = Calls.refusal(() -> backup(impatient, Map.of()));

        assertThat(refusal.getCode()).isEqualTo(Status.Code.DATA_LOSS);
        assertThat(refusal.getDescription())
                .contains("cannot be restored")
                .contains("were not in repo1 after 3 s")
                .contains("ContinuousArchiving");
    }

    @Test
    void aBackupThatBuildsOnADamagedOneIsNotOne() throws Exception {
        BackupResult full = backup(definition, Map.of());
        Path bundle = rig.repository().resolve("backup/demo/" + full.getBackupId() + "/bundle/1");
        byte[] content = Files.readAllBytes(bundle);
        Files.write(bundle, java.util.Arrays.copyOf(content, content.length / 2));

        Status shorter = Calls.refusal(() -> backup(definition, Map.of("type", "incr")));
        Files.delete(bundle);
        Status gone = Calls.refusal(() -> backup(definition, Map.of("type", "incr")));

        assertThat(shorter.getCode()).isEqualTo(Status.Code.DATA_LOSS);
        assertThat(shorter.getDescription())
                .contains("is not whole")
                .contains("bundle/1")
                .contains("a new full backup");
        assertThat(gone.getCode()).isEqualTo(Status.Code.DATA_LOSS);
        assertThat(gone.getDescription()).contains("missing: " + full.getBackupId() + "/bundle/1");
    }

    @Test
    void whatCannotBeDoneIsRefusedWithTheRemedy() throws Exception {
        Clusters elsewhere = definition(Map.of()).primary("demo-2");
        Status standby = Calls.refusal(() -> backup(elsewhere, Map.of()));
        assertThat(standby.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(standby.getDescription()).contains("demo-2").contains("target: primary");

        assertThat(Calls.refusal(() -> backup(definition, Map.of("type", "delta")))
                        .getDescription())
                .contains("full, diff, incr");
        assertThat(Calls.refusal(() -> backup(definition, Map.of("repo", "2"))).getDescription())
                .contains("no repo2");
        assertThat(Calls.refusal(() -> backup(definition, Map.of("typ", "full")))
                        .getDescription())
                .contains("parameters.typ is not a parameter");
        assertThat(rig.repository().resolve("backup/demo/latest")).doesNotExist();
    }

    private BackupResult backup(Clusters cluster, Map<String, String> parameters) {
        return sidecar.backup()
                .backup(BackupRequest.newBuilder()
                        .setClusterDefinition(cluster.bytes())
                        .setBackupDefinition(ByteString.copyFromUtf8(
                                "{\"metadata\":{\"name\":\"b\",\"uid\":\"" + java.util.UUID.randomUUID() + "\"}}"))
                        .putAllParameters(parameters)
                        .build());
    }
}
