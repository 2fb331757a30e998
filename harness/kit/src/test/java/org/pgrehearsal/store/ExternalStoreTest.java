package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The embedded store plays the one that is somebody else's. */
class ExternalStoreTest {
    @TempDir
    static Path directory;

    private static CertificateAuthority authority;
    private static EmbeddedStore theirs;
    private static Bucket truth;

    @BeforeAll
    static void start() {
        authority = CertificateAuthority.create(directory.resolve("ca.pem"));
        theirs = EmbeddedStore.start(directory.resolve("objects"), authority);
        truth = theirs.createBucket("backups");
        truth.write("pg/1 ü+%", "one".getBytes(UTF_8));
    }

    @AfterAll
    static void stop() {
        theirs.close();
    }

    @Test
    void clients_get_keys_of_the_gate_and_their_requests_are_signed_anew() {
        try (ExternalStore store = ExternalStore.open(theirs.access(), "backups", "/pg", false, authority);
                S3Client client = S3Clients.connect(store.access())) {
            assertThat(store.access().secretKey()).isNotEqualTo(theirs.access().secretKey());
            assertThat(store.access().accessKey()).isNotEqualTo(theirs.access().accessKey());

            assertThat(client.getObjectAsBytes(r -> r.bucket("backups").key("pg/1 ü+%"))
                            .asUtf8String())
                    .isEqualTo("one");
            assertThat(client.listObjectsV2(r -> r.bucket("backups").prefix("pg/1 ü"))
                            .contents())
                    .hasSize(1);
            client.putObject(
                    r -> r.bucket("backups").key("pg/2").contentType("text/plain"), RequestBody.fromString("two"));
            assertThat(truth.read("pg/2")).asString(UTF_8).isEqualTo("two");
            client.deleteObject(r -> r.bucket("backups").key("pg/2"));
            assertThat(truth.contains("pg/2")).isFalse();
            assertThat(store.bucket().list("1 ")).hasSize(1);
            assertThat(store.bucket().inventory().objects()).containsOnlyKeys("1 ü+%");
        }
    }

    @Test
    void a_body_in_signed_chunks_arrives_as_its_content() {
        try (ExternalStore store = ExternalStore.open(theirs.access(), "backups", "", false, authority);
                S3Client client = S3Clients.settings(store.access())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_SUPPORTED)
                        .serviceConfiguration(
                                chunks -> chunks.pathStyleAccessEnabled(true).chunkedEncodingEnabled(true))
                        .build()) {
            byte[] content = new byte[200_000];
            new Random(2).nextBytes(content);

            client.putObject(r -> r.bucket("backups").key("chunks"), RequestBody.fromBytes(content));

            assertThat(truth.read("chunks")).isEqualTo(content);
            truth.delete("chunks");
        }
    }

    @Test
    void the_key_of_one_gate_opens_no_other() {
        try (ExternalStore store = ExternalStore.open(theirs.access(), "backups", "", false, authority);
                Gate other = store.openGate(Gate.Policy.READ_ONLY)) {
            S3Access mixed = new S3Access(
                    other.access().endpoint(),
                    "us-east-1",
                    store.access().accessKey(),
                    store.access().secretKey(),
                    authority.certificateFile());
            try (S3Client client = S3Clients.connect(mixed)) {
                assertThatThrownBy(() -> client.listObjectsV2(r -> r.bucket("backups")))
                        .isInstanceOfSatisfying(
                                S3Exception.class,
                                e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAccessKeyId"));
            }
        }
    }

    @Test
    void says_what_is_wrong_and_what_to_do() throws IOException {
        S3Access right = theirs.access();
        assertThatThrownBy(() -> open(right, "absent"))
                .hasMessage("no bucket absent at " + right.endpoint() + "; check its name or make it");
        assertThatThrownBy(() -> open(with(right, "nobody", right.secretKey()), "backups"))
                .hasMessageContaining("access key nobody")
                .hasMessageContaining("check");
        assertThatThrownBy(() -> open(with(right, right.accessKey(), "very-wrong"), "backups"))
                .hasMessage("the secret does not belong to the access key " + right.accessKey()
                        + "; check AWS_SECRET_ACCESS_KEY")
                .hasMessageNotContaining("very-wrong");
        assertThatThrownBy(() -> open(at(right, right.endpoint(), null), "backups"))
                .hasMessage("the certificate of " + right.endpoint()
                        + " is from an authority that is not trusted; give its CA certificate (PEM)");
        URI plain = URI.create(theirs.direct().endpoint().toString().replace("http:", "https:"));
        assertThatThrownBy(() -> open(at(right, plain, authority.certificateFile()), "backups"))
                .hasMessage(plain + " does not speak TLS; use http://, or the port that does");
        URI closed;
        try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("https://localhost:" + port.getLocalPort());
        }
        assertThatThrownBy(() -> open(at(right, closed, null), "backups"))
                .hasMessage("nothing answers at " + closed + "; check host, port and firewall");
        URI nowhere = URI.create("https://no-such-host.invalid");
        assertThatThrownBy(() -> open(at(right, nowhere, null), "backups"))
                .hasMessage("no such host: no-such-host.invalid; check the endpoint " + nowhere);
    }

    @Test
    void a_store_that_names_another_region_is_said_to() {
        for (int status : new int[] {400, 301}) {
            var answer = S3Exception.builder().statusCode(status).message("x").build();
            assertThat(Diagnosis.of(answer, theirs.access(), "backups"))
                    .contains("answered " + status)
                    .contains("region us-east-1 is not that of bucket backups");
        }
    }

    @Test
    void a_bucket_is_a_place_of_its_own_that_goes_with_the_store() {
        try (ExternalStore store = ExternalStore.open(theirs.access(), "backups", "runs/1/", false, authority)) {
            Bucket place = store.createBucket("a");
            place.write("k/1", "one".getBytes(UTF_8));
            Bucket copy = store.createBucket("b");
            assertThat(place.copyTo(copy)).isEqualTo(1);

            assertThat(place.name()).isEqualTo("backups");
            assertThat(place.prefix()).isEqualTo("runs/1/a/");
            assertThat(place.relative("runs/1/a/k/1")).isEqualTo("k/1");
            assertThat(place.relative("runs/1/a")).isEmpty();
            assertThat(place.relative("k/1")).isEqualTo("/k/1");
            assertThat(truth.list("runs/"))
                    .extracting(StoredObject::key)
                    .containsExactly("runs/1/a/k/1", "runs/1/b/k/1");
            assertThat(copy.read("k/1")).asString(UTF_8).isEqualTo("one");
            assertThat(copy.list("k/")).extracting(StoredObject::key).containsExactly("k/1");
            assertThat(copy.contains("k/1")).isTrue();
            copy.delete("k/1");
            assertThat(copy.contains("k/1")).isFalse();
            store.deleteBucket("b");
            assertThatThrownBy(() -> store.deleteBucket("b")).hasMessageContaining("this run did not make it");
        }
        assertThat(truth.list("runs/")).isEmpty();
        assertThat(truth.contains("pg/1 ü+%")).isTrue();
    }

    @Test
    void an_upload_that_was_never_ended_goes_with_its_place() {
        try (S3Client client = S3Clients.connect(theirs.access())) {
            try (ExternalStore store = ExternalStore.open(theirs.access(), "backups", "runs", false, authority)) {
                store.createBucket("c");
                client.createMultipartUpload(r -> r.bucket("backups").key("runs/c/half"));
                client.createMultipartUpload(r -> r.bucket("backups").key("runs/other/half"));
            }
            assertThat(client.listMultipartUploads(r -> r.bucket("backups")).uploads())
                    .extracting(MultipartUpload::key)
                    .containsExactly("runs/other/half");
        }
    }

    @Test
    void never_removes_what_it_did_not_make() {
        try (ExternalStore store = ExternalStore.open(theirs.access(), "backups", "", false, authority)) {
            assertThatThrownBy(() -> store.createBucket("pg"))
                    .hasMessageContaining("something in s3://backups/pg/ already")
                    .hasMessageContaining("another prefix");
            assertThatThrownBy(() -> store.deleteBucket("pg")).isInstanceOf(StoreException.class);
        }
        assertThat(truth.contains("pg/1 ü+%")).isTrue();
    }

    @Test
    void keeps_its_places_if_told_to() {
        try (ExternalStore store = ExternalStore.open(theirs.access(), "backups", "kept", true, authority)) {
            store.createBucket("a").write("k", new byte[] {1});
        }
        assertThat(truth.contains("kept/a/k")).isTrue();
        truth.delete("kept/a/k");
    }

    @Test
    void keys_come_from_the_environment_or_a_file() throws IOException {
        var environment = Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret=");
        Path file = directory.resolve("keys");
        Files.writeString(file, "[default]\naws_access_key_id = id\nexport AWS_SECRET_ACCESS_KEY=secret=\n");

        ExternalKeys keys = ExternalKeys.fromEnvironment(environment);
        assertThat(keys).isEqualTo(new ExternalKeys("id", "secret=")).isEqualTo(ExternalKeys.fromFile(file));
        assertThat(keys.toString()).doesNotContain("secret=");
        assertThatThrownBy(() -> ExternalKeys.fromEnvironment(Map.of("AWS_ACCESS_KEY_ID", "id")))
                .hasMessage("no AWS_SECRET_ACCESS_KEY in the environment; set it there");
    }

    private static ExternalStore open(S3Access access, String bucket) {
        return ExternalStore.open(access, bucket, "", false, authority);
    }

    private static S3Access with(S3Access access, String key, String secret) {
        return new S3Access(access.endpoint(), access.region(), key, secret, access.caCertificate());
    }

    private static S3Access at(S3Access access, URI endpoint, @Nullable Path ca) {
        return new S3Access(endpoint, access.region(), access.accessKey(), access.secretKey(), ca);
    }
}
