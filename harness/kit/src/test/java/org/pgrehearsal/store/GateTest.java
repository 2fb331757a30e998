package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class GateTest {
    @TempDir
    static Path directory;

    private static EmbeddedStore store;
    private static Bucket bucket;

    private Gate gate;
    private S3Client client;

    @BeforeAll
    static void start() {
        store = EmbeddedStore.start(
                directory.resolve("objects"), CertificateAuthority.create(directory.resolve("ca.pem")));
        bucket = store.createBucket("drill");
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @BeforeEach
    void open() {
        gate = store.openGate(Gate.Policy.READ_WRITE);
        client = S3Clients.connect(gate.access());
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    @Test
    void a_new_key_is_good_beside_the_old_one_until_either_is_revoked() {
        GateKey other = gate.newKey();
        try (S3Client second = S3Clients.connect(other.access())) {
            second.putObject(r -> r.bucket("drill").key("by the second"), RequestBody.fromString("x"));
            assertThat(other.uses()).isEqualTo(1);
            client.headObject(r -> r.bucket("drill").key("by the second"));
            gate.key().revoke();

            assertThatThrownBy(() -> client.listObjectsV2(r -> r.bucket("drill")))
                    .isInstanceOf(S3Exception.class)
                    .hasMessageContaining("not the key");
            second.deleteObject(r -> r.bucket("drill").key("by the second"));
            other.revoke();
            assertThatThrownBy(() -> second.listObjectsV2(r -> r.bucket("drill")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            refused -> assertThat(refused.awsErrorDetails().errorCode())
                                    .isEqualTo("InvalidAccessKeyId"));
        }
    }

    @Test
    void lets_bodies_through_byte_for_byte_and_records_them() {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);

        client.putObject(r -> r.bucket("drill").key("a b/ü+%"), RequestBody.fromBytes(content));
        assertThat(client.getObjectAsBytes(r -> r.bucket("drill").key("a b/ü+%"))
                        .asByteArray())
                .isEqualTo(content);
        client.headObject(r -> r.bucket("drill").key("a b/ü+%"));
        assertThat(client.listObjectsV2(r -> r.bucket("drill").prefix("a b/")).contents())
                .hasSize(1);
        client.deleteObject(r -> r.bucket("drill").key("a b/ü+%"));

        await("the last exchange is recorded").until(() -> gate.exchangeCount() == 5);
        assertThat(gate.exchanges())
                .extracting(e -> e.method() + " " + e.bucket() + " " + e.key() + " " + e.list() + " " + e.status())
                .containsExactly(
                        "PUT drill a b/ü+% false 200",
                        "GET drill a b/ü+% false 200",
                        "HEAD drill a b/ü+% false 200",
                        "GET drill a b/ true 200",
                        "DELETE drill a b/ü+% false 204");
        assertThat(gate.exchanges().get(1).bytes()).isEqualTo(300_000);
    }

    @Test
    void a_read_only_gate_refuses_and_counts_every_write() {
        bucket.write("kept", "x".getBytes(UTF_8));
        try (Gate guard = store.openGate(Gate.Policy.READ_ONLY);
                S3Client reader = S3Clients.connect(guard.access())) {
            assertThat(reader.getObjectAsBytes(r -> r.bucket("drill").key("kept"))
                            .asUtf8String())
                    .isEqualTo("x");
            reader.headObject(r -> r.bucket("drill").key("kept"));
            assertThat(reader.listObjectsV2(r -> r.bucket("drill")).contents()).isNotEmpty();
            Inventory before = bucket.inventory();

            assertThatThrownBy(() -> reader.putObject(
                            r -> r.bucket("drill").key("kept"), RequestBody.fromBytes(new byte[100_000])))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
            assertThatThrownBy(() -> reader.deleteObject(r -> r.bucket("drill").key("kept")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
            assertThatThrownBy(() ->
                            reader.createMultipartUpload(r -> r.bucket("drill").key("multi")))
                    .isInstanceOf(S3Exception.class);

            assertThat(bucket.inventory()).isEqualTo(before);
            assertThat(guard.refusedWrites())
                    .extracting(e -> e.method() + " " + e.key())
                    .containsExactly("PUT kept", "DELETE kept", "POST multi");
        }
    }

    @Test
    void a_signature_that_the_store_does_not_know_is_refused_through_the_gate_as_well() {
        S3Access right = gate.access();
        var wrong = new S3Access(right.endpoint(), right.region(), right.accessKey(), "wrong", right.caCertificate());
        try (S3Client stranger = S3Clients.connect(wrong)) {
            assertThatThrownBy(() -> stranger.listObjectsV2(r -> r.bucket("drill")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void a_streamed_body_with_a_checksum_in_its_trailer_is_stored_as_its_content() {
        byte[] content = new byte[200_000];
        new Random(2).nextBytes(content);
        S3Access right = gate.access();
        try (S3Client newer = streaming(right)) {
            newer.putObject(r -> r.bucket("drill").key("stream"), RequestBody.fromBytes(content));
        }
        assertThat(bucket.read("stream")).isEqualTo(content);

        S3Access wrong = new S3Access(right.endpoint(), right.region(), "nobody", "wrong", right.caCertificate());
        try (S3Client stranger = streaming(wrong)) {
            assertThatThrownBy(() ->
                            stranger.putObject(r -> r.bucket("drill").key("strange"), RequestBody.fromBytes(content)))
                    .isInstanceOf(S3Exception.class);
        }
        assertThat(bucket.contains("strange")).isFalse();
    }

    private static S3Client streaming(S3Access access) {
        return S3Clients.settings(access)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_SUPPORTED)
                .serviceConfiguration(s -> s.pathStyleAccessEnabled(true).chunkedEncodingEnabled(true))
                .build();
    }
}
