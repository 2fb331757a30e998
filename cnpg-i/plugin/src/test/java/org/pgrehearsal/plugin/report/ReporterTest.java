package org.pgrehearsal.plugin.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgrehearsal.plugin.backup.BackupTaker;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.Repository;
import org.pgrehearsal.plugin.config.Settings;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.Conditions;
import org.pgrehearsal.plugin.kubernetes.Kind;
import org.pgrehearsal.plugin.metrics.Observation;
import org.pgrehearsal.plugin.pgbackrest.ArchiveListing;
import org.pgrehearsal.plugin.pgbackrest.BackupProof;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;
import org.pgrehearsal.plugin.rig.ArchiveObjects;
import org.pgrehearsal.plugin.rig.Clusters;
import org.pgrehearsal.plugin.rig.FakeApi;

/** What a sidecar tells Kubernetes. */
class ReporterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Kind CLUSTERS = new Kind("postgresql.cnpg.io", "v1", "clusters");
    private static final Kind BACKUPS = new Kind("postgresql.cnpg.io", "v1", "backups");
    private static final String LABEL = "20261121-100000F";
    private static final Repository REPOSITORY = Settings.read(
                    Map.of("s3-bucket", "b", "s3-endpoint", "e", "s3-region", "r", "path", "/demo"), "demo")
            .repositories()
            .getFirst();

    private final Clusters cluster =
            Clusters.named("demo").archiving(Map.of("archive", "store")).primary("demo-1");
    private FakeApi kubernetes;
    private Reporter reporter;

    @BeforeEach
    void start() throws Exception {
        kubernetes = new FakeApi();
        kubernetes.put(ArchiveObjects.path("store"), ArchiveObjects.named("store"));
        kubernetes.put(CLUSTERS.named("databases", "demo"), cluster.object(""));
        reporter = new Reporter(
                kubernetes.api(), CLUSTERS, "databases", "demo", "demo-1", Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @Test
    void theStatusSaysWhatTheRepositoriesHold() {
        reporter.observed(view(), seen(3, ""));

        JsonNode archive = kubernetes.at(ArchiveObjects.path("store"));
        assertThat(archive.at("/status/repositories/0/lastBackup").asText()).isEqualTo(LABEL);
        assertThat(archive.at("/status/repositories/0/missingSegments").asInt()).isEqualTo(3);
        assertThat(status("StanzaReady")).isEqualTo("True");
        assertThat(status("ArchiveWhole")).isEqualTo("False");
        assertThat(Conditions.find(archive, "ArchiveWhole").path("message").asText())
                .contains("3 segments are missing");

        reporter.observed(view(), seen(0, "pgbackrest info failed: no such bucket; create the bucket"));

        JsonNode stanza = Conditions.find(kubernetes.at(ArchiveObjects.path("store")), "StanzaReady");
        assertThat(stanza.path("reason").asText()).isEqualTo("Unreadable");
        assertThat(stanza.path("message").asText()).contains("create the bucket");
    }

    @Test
    void theSameIsNotSaidTwiceAndAStandbySaysNothing() {
        reporter.observed(view(), seen(0, ""));
        int changes = kubernetes.changes().size();
        reporter.observed(view(), seen(0, ""));
        assertThat(kubernetes.changes()).hasSize(changes);

        Clusters elsewhere =
                Clusters.named("demo").archiving(Map.of("archive", "store")).primary("demo-2");
        reporter.observed(ClusterView.of(elsewhere.bytes()), seen(7, ""));
        assertThat(kubernetes.changes()).hasSize(changes);
    }

    @Test
    void whatWasProvenStaysProvenWhenTheNextBackupFails() {
        reporter.proven(
                view(), new BackupTaker.Taken("demo", "s3:b/demo", backup(), database(), new BackupProof(4, 900)));

        assertThat(status("BackupProven")).isEqualTo("True");
        assertThat(kubernetes
                        .at(ArchiveObjects.path("store"))
                        .at("/status/lastProof/time")
                        .asText())
                .isEqualTo("2026-11-21T12:00:00Z");

        reporter.failed(view(), "the repository is full");

        assertThat(status("BackupProven")).isEqualTo("False");
        assertThat(kubernetes
                        .at(ArchiveObjects.path("store"))
                        .at("/status/lastProof/backup")
                        .asText())
                .isEqualTo(LABEL);
        assertThat(events()).containsExactly("Normal BackupProven");
    }

    @Test
    void theObjectOfAnExpiredBackupIsDeleted() {
        object("old", backup -> backup.withObject("/status").put("backupId", "20250101-000000F"));
        object("kept", _ -> {});

        reporter.observed(view(), seen(0, ""));

        assertThat(kubernetes.below(BACKUPS.in("databases")))
                .extracting(one -> one.at("/metadata/name").asText())
                .containsExactly("kept");
        assertThat(events()).containsExactly("Normal BackupExpired");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/spec/cluster/name=other",
                "/spec/method=volumeSnapshot",
                "/spec/pluginConfiguration/name=barman-cloud.cloudnative-pg.io",
                "/status/phase=failed",
                "/status/stoppedAt=2026-11-21T12:00:01Z",
                "/status/pluginMetadata/stanza=another",
                "/status/pluginMetadata/repo=2",
                "/status/pluginMetadata/place=s3:elsewhere/demo"
            })
    void whatIsNotCertainlyOursIsKept(String difference) {
        String[] parts = difference.split("=");
        int slash = parts[0].lastIndexOf('/');
        object("theirs", backup -> {
            backup.withObject("/status").put("backupId", "20250101-000000F");
            backup.withObject(parts[0].substring(0, slash)).put(parts[0].substring(slash + 1), parts[1]);
        });

        reporter.observed(view(), seen(0, ""));

        assertThat(kubernetes.below(BACKUPS.in("databases"))).hasSize(1);
    }

    @Test
    void nothingIsDeletedWhileTheRepositoryCannotBeRead() {
        object("old", backup -> backup.withObject("/status").put("backupId", "20250101-000000F"));

        reporter.observed(view(), seen(0, "the store does not answer"));

        assertThat(kubernetes.below(BACKUPS.in("databases"))).hasSize(1);
    }

    @Test
    void aWarningIsSaidOnceForTenMinutes() {
        reporter.warn("WalNotArchived", "the bucket is missing; create it");
        reporter.warn("WalNotArchived", "the bucket is missing; create it");
        reporter.warn("BackupFailed", "something else");

        assertThat(events()).containsExactlyInAnyOrder("Warning WalNotArchived", "Warning BackupFailed");
        assertThat(kubernetes
                        .below(Kind.EVENT.in("databases"))
                        .getFirst()
                        .at("/involvedObject/uid")
                        .asText())
                .isEqualTo("uid-of-demo");
    }

    private List<String> events() {
        return kubernetes.below(Kind.EVENT.in("databases")).stream()
                .map(event ->
                        event.path("type").asText() + " " + event.path("reason").asText())
                .toList();
    }

    private String status(String condition) {
        return Conditions.find(kubernetes.at(ArchiveObjects.path("store")), condition)
                .path("status")
                .asText();
    }

    private ClusterView view() {
        return ClusterView.of(cluster.bytes());
    }

    private static Observation seen(long gaps, String problem) {
        return new Observation(
                NOW,
                problem,
                "demo",
                true,
                List.of(new Observation.Held(
                        REPOSITORY,
                        List.of(backup()),
                        new ArchiveListing.Contents(gaps, 1000),
                        "000000010000000000000009")));
    }

    private static RepositoryInfo.Backup backup() {
        Instant stop = Instant.parse("2026-11-21T10:00:05Z");
        return new RepositoryInfo.Backup(
                1,
                1,
                LABEL,
                "full",
                "",
                false,
                stop.minusSeconds(5),
                stop,
                "0/2000028",
                "0/2000100",
                "000000010000000000000002",
                "000000010000000000000005",
                30,
                3,
                Map.of());
    }

    private static RepositoryInfo.Database database() {
        return new RepositoryInfo.Database(1, 1, "7", 17);
    }

    private void object(String name, Consumer<ObjectNode> change) {
        ObjectNode backup = Api.JSON.createObjectNode();
        backup.putObject("metadata").put("name", name).put("namespace", "databases");
        ObjectNode spec = backup.putObject("spec").put("method", "plugin");
        spec.putObject("cluster").put("name", "demo");
        spec.putObject("pluginConfiguration").put("name", "pgbackrest.pgrehearsal.org");
        ObjectNode status = backup.putObject("status")
                .put("phase", "completed")
                .put("backupId", LABEL)
                .put("stoppedAt", "2026-11-21T10:00:05Z");
        status.putObject("pluginMetadata")
                .put("stanza", "demo")
                .put("repo", "1")
                .put("place", "s3:b/demo");
        change.accept(backup);
        kubernetes.put(BACKUPS.named("databases", name), backup);
    }
}
