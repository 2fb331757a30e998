package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault as a client meets it; the client is plain HTTP, and the gate signs for it. */
class GateFaultTest {
    private static final byte[] CONTENT = "0123456789".getBytes(UTF_8);

    @TempDir
    static Path directory;

    private static EmbeddedStore store;
    private static Bucket bucket;
    private static CertificateAuthority authority;

    private Gate gate;
    private HttpClient client;

    @BeforeAll
    static void start() {
        authority = CertificateAuthority.create(directory.resolve("ca.pem"));
        store = EmbeddedStore.start(directory.resolve("objects"), authority);
        bucket = store.createBucket("drill");
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @BeforeEach
    void open() {
        bucket.list("").forEach(object -> bucket.delete(object.key()));
        bucket.write("wal/1", CONTENT);
        gate = Gate.signing(store.direct(), authority, Gate.Policy.READ_WRITE);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Trust.context(authority.certificateFile()))
                .build();
    }

    @AfterEach
    void close() {
        client.shutdownNow();
        gate.close();
    }

    @Test
    void a_status_comes_with_the_error_that_s3_clients_read() throws Exception {
        try (Injection injection = gate.inject(FaultRule.of(Selector.key("^wal/"), new Fault.Status(503)))) {
            HttpResponse<byte[]> answer = get("wal/1");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).asString(UTF_8).contains("<Code>SlowDown</Code>");
            assertThat(put("wal/2", CONTENT).statusCode()).isEqualTo(503);
            assertThat(head("wal/1").statusCode()).isEqualTo(503);
            assertThat(get("base/1").statusCode()).isEqualTo(404);
            assertThat(injection.hits()).isEqualTo(3);
        }
        assertThat(get("wal/1").body()).isEqualTo(CONTENT);
        assertThat(gate.exchanges().getFirst())
                .extracting(Exchange::status, Exchange::fault)
                .containsExactly(503, "Status[code=503]");
    }

    @Test
    void a_reset_is_a_reset() {
        try (Injection injection = gate.inject(FaultRule.of(Selector.everything(), new Fault.Reset()))) {
            assertThatThrownBy(() -> RawTls.answerTo(
                            gate.access(),
                            "GET /drill/wal/1 HTTP/1.1\r\nHost: x\r\n" + RawTls.authorization(gate.access()) + "\r\n"))
                    .hasRootCauseInstanceOf(SocketException.class)
                    .rootCause()
                    .hasMessageContaining("reset");
            assertThat(injection.hits()).isEqualTo(1);
        }
        await("the exchange is recorded, once its connection has ended").until(() -> gate.exchangeCount() == 1);
        assertThat(gate.exchanges())
                .singleElement()
                .satisfies(exchange -> assertThat(exchange.status()).isZero());
    }

    @Test
    void a_hang_lasts_until_the_fault_is_removed() throws Exception {
        Injection injection = gate.inject(FaultRule.of(Selector.everything(), new Fault.Hang()));
        // a PUT, since the client itself asks a second time when a GET gets no answer
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request("wal/2").PUT(BodyPublishers.ofByteArray(CONTENT)).build(), BodyHandlers.ofByteArray());

        await("the request hangs").until(() -> injection.hits() == 1);
        assertThatThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        injection.close();
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(injection.hits()).isEqualTo(1);
        assertThat(bucket.contains("wal/2")).isFalse();
        assertThat(get("wal/1").body()).isEqualTo(CONTENT);
    }

    @Test
    void closing_the_gate_lets_go_of_what_hangs() {
        Injection injection = gate.inject(FaultRule.of(Selector.everything(), new Fault.Hang()));
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request("wal/1").build(), BodyHandlers.ofByteArray());
        await("the request hangs").until(() -> injection.hits() == 1);
        assertThat(answer).isNotDone();

        gate.close();

        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void a_short_body_has_the_right_length_in_its_head_and_ends_early() {
        try (Injection injection = gate.inject(FaultRule.of(Selector.everything(), new Fault.ShortBody(0.5)))) {
            String answer = RawTls.answerTo(
                    gate.access(),
                    "GET /drill/wal/1 HTTP/1.1\r\nHost: x\r\n" + RawTls.authorization(gate.access()) + "\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Length: 10\r\n")
                    .endsWith("\r\n\r\n01234");
            assertThatThrownBy(() -> get("wal/1")).isInstanceOf(IOException.class);
            assertThat(injection.hits()).isEqualTo(2);
        }
    }

    @Test
    void a_truncated_body_agrees_with_its_head() throws Exception {
        try (Injection injection = gate.inject(FaultRule.of(Selector.everything(), new Fault.Truncated(0.3)))) {
            HttpResponse<byte[]> answer = get("wal/1");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Length")).hasValue("3");
            assertThat(answer.body()).asString(UTF_8).isEqualTo("012");
            assertThat(get("absent").statusCode()).isEqualTo(404);
            assertThat(injection.hits()).isEqualTo(1);
        }
    }

    @Test
    void one_bit_is_flipped_on_the_way_down_or_up() throws Exception {
        try (Injection injection = gate.inject(FaultRule.of(Selector.everything(), new Fault.FlipByte(3)))) {
            assertThat(get("wal/1").body()).asString(UTF_8).isEqualTo("0122456789");
            put("wal/2", CONTENT);
            assertThat(bucket.read("wal/2")).asString(UTF_8).isEqualTo("0122456789");
            assertThat(injection.hits()).isEqualTo(2);
        }
        try (Injection beyond = gate.inject(FaultRule.of(Selector.everything(), new Fault.FlipByte(10)))) {
            assertThat(get("wal/1").body()).isEqualTo(CONTENT);
            assertThat(beyond.hits()).as("a fault that changed nothing").isZero();
        }
    }

    @Test
    void a_missing_object_is_in_no_answer() throws Exception {
        bucket.write("wal/2", CONTENT);
        try (Injection injection = gate.inject(FaultRule.of(Selector.key("wal/2"), new Fault.Missing()))) {
            assertThat(get("wal/2").statusCode()).isEqualTo(404);
            assertThat(head("wal/2").statusCode()).isEqualTo(404);
            assertThat(injection.hits()).isEqualTo(2);

            String listing = new String(get("?list-type=2&prefix=wal/").body(), UTF_8);
            assertThat(listing).contains("wal/1").doesNotContain("wal/2").contains("<KeyCount>1</KeyCount>");
            assertThat(injection.hits()).isEqualTo(3);
            assertThat(new String(get("?list-type=2&prefix=wal/1").body(), UTF_8))
                    .contains("wal/1");
            assertThat(injection.hits()).isEqualTo(3);
        }
        assertThat(new String(get("?list-type=2&prefix=wal/").body(), UTF_8)).contains("wal/2");
    }

    @Test
    void a_lying_store_answers_as_the_true_one_and_keeps_nothing() throws Exception {
        HttpResponse<byte[]> truth = put("wal/2", CONTENT);
        try (Injection injection = gate.inject(FaultRule.of(Selector.everything(), new Fault.StoredNowhere()))) {
            HttpResponse<byte[]> lie = put("wal/3", CONTENT);

            assertThat(lie.statusCode()).isEqualTo(200);
            assertThat(lie.headers().firstValue("ETag"))
                    .isEqualTo(truth.headers().firstValue("ETag"));
            assertThat(get("wal/1").body()).isEqualTo(CONTENT);
            assertThat(injection.hits()).isEqualTo(1);
        }
        assertThat(bucket.list("")).extracting(StoredObject::key).containsExactly("wal/1", "wal/2");
    }

    @Test
    void a_dropped_answer_leaves_the_object_stored() {
        try (Injection injection = gate.inject(FaultRule.of(Selector.method("PUT"), new Fault.AnswerDropped()))) {
            assertThatThrownBy(() -> put("wal/2", CONTENT)).isInstanceOf(IOException.class);
            assertThat(bucket.read("wal/2")).isEqualTo(CONTENT);
            assertThat(injection.hits()).isEqualTo(1);
        }
    }

    @Test
    void a_slow_body_takes_its_time_until_the_fault_is_removed() throws Exception {
        bucket.write("wal/2", new byte[100_000]);
        Injection injection = gate.inject(FaultRule.of(Selector.key("wal/1"), new Fault.Slow(25)));
        long start = System.nanoTime();
        assertThat(get("wal/1").body()).isEqualTo(CONTENT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
        injection.close();
        assertThat(injection.hits()).isEqualTo(1);

        Injection endless = gate.inject(FaultRule.of(Selector.key("wal/2"), new Fault.Slow(10)));
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request("wal/2").build(), BodyHandlers.ofByteArray());
        assertThatThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        endless.close();
        assertThat(answer.get(10, TimeUnit.SECONDS).body()).hasSize(100_000);
    }

    private HttpResponse<byte[]> get(String key) throws IOException, InterruptedException {
        return client.send(request(key).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> head(String key) throws IOException, InterruptedException {
        return client.send(request(key).HEAD().build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> put(String key, byte[] content) throws IOException, InterruptedException {
        return client.send(request(key).PUT(BodyPublishers.ofByteArray(content)).build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String key) {
        String separator = key.startsWith("?") ? "" : "/";
        return HttpRequest.newBuilder(URI.create(gate.access().endpoint() + "/drill" + separator + key))
                .timeout(Duration.ofSeconds(20))
                .header(
                        "Authorization",
                        RawTls.authorization(gate.access()).strip().replace("Authorization: ", ""));
    }
}
