package org.pgrehearsal.plugin.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.cnpgi.backup.BackupRequest;
import org.pgrehearsal.cnpgi.backup.BackupResult;
import org.pgrehearsal.cnpgi.wal.WALStatusRequest;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.plugin.rig.Calls;
import org.pgrehearsal.plugin.rig.Clusters;
import org.pgrehearsal.plugin.rig.Manager;
import org.pgrehearsal.plugin.rig.Rig;
import org.pgrehearsal.plugin.rig.Sidecar;
import org.pgrehearsal.store.CertificateAuthority;
import org.pgrehearsal.store.EmbeddedStore;
import org.pgrehearsal.store.S3Access;

/** Two repositories at once: one in S3 over TLS with an authority of its own, one in a directory. */
class StoreIT {
    @Test
    void bothRepositoriesGetEverySegmentAndRotatedKeysAreUsed() throws Exception {
        try (Rig rig = new Rig();
                EmbeddedStore store = EmbeddedStore.start(
                        rig.work().resolve("store"),
                        CertificateAuthority.create(rig.work().resolve("ca.pem")))) {
            store.createBucket("backups");
            S3Access access = store.gate().access();
            rig.secret("store-keys", "key", access.accessKey());
            rig.secret("store-keys", "key-secret", "not-the-key-that-it-is");
            rig.secret("store-ca", "ca.crt", Files.readString(rig.work().resolve("ca.pem")));
            Map<String, String> parameters = new HashMap<>(Rig.s3(access, "demo"));
            parameters.putAll(Map.of(
                    "type",
                    "s3",
                    "repo2-type",
                    "posix",
                    "repo2-path",
                    rig.repository().toString(),
                    "repo2-claim",
                    "backups"));
            Clusters definition = Clusters.named("demo").archiving(parameters).primary(Rig.POD);
            Manager manager = rig.manager();
            PostgresCluster source = rig.source("source", manager);
            Sidecar sidecar = rig.sidecar("instance", source, source.port());
            Status refused = Calls.refusal(() -> backup(sidecar, definition, "1"));
            assertThat(refused.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(refused.getDescription())
                    .contains("refuses the credentials")
                    .doesNotContain(access.accessKey())
                    .doesNotContain("not-the-key");

            rig.secret("store-keys", "key-secret", access.secretKey());
            manager.use(sidecar, definition);
            Rig.rows(source, 1, 3);
            String last = Rig.archived(source);
            BackupResult first = backup(sidecar, definition, "1");
            BackupResult second = backup(sidecar, definition, "2");

            assertThat(rig.stored("demo")).contains(last);
            assertThat(first.getMetadataMap()).containsEntry("repo", "1");
            assertThat(second.getMetadataMap()).containsEntry("repo", "2");
            Map<String, String> status = sidecar.wal()
                    .status(WALStatusRequest.newBuilder()
                            .setClusterDefinition(definition.bytes())
                            .build())
                    .getAdditionalInformationMap();
            assertThat(status.get("repo1-last-wal")).isEqualTo(status.get("repo2-last-wal"));
            assertThat(Files.readString(sidecar.log())).doesNotContain(access.secretKey());
        }
    }

    private static BackupResult backup(Sidecar sidecar, Clusters cluster, String repository) {
        return sidecar.backup()
                .backup(BackupRequest.newBuilder()
                        .setClusterDefinition(cluster.bytes())
                        .setBackupDefinition(ByteString.copyFromUtf8(
                                "{\"metadata\":{\"uid\":\"" + java.util.UUID.randomUUID() + "\"}}"))
                        .putParameters("repo", repository)
                        .build());
    }
}
