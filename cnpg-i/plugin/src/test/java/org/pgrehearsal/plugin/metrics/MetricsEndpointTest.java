package org.pgrehearsal.plugin.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.plugin.Archives;
import org.pgrehearsal.plugin.config.Definitions;
import org.pgrehearsal.plugin.pgbackrest.Place;

/** The address of our own, with a data directory and no repository. */
class MetricsEndpointTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path data;

    @Test
    void whatWaitsAndForHowLong() throws Exception {
        Path status = Files.createDirectories(data.resolve("pg_wal/archive_status"));
        Path ready = Files.createFile(status.resolve("000000010000000000000001.ready"));
        Files.setLastModifiedTime(ready, FileTime.from(Instant.parse("2026-11-21T11:58:20Z")));
        Files.createFile(status.resolve("000000010000000000000002.done"));

        assertThat(get().body())
                .contains("# TYPE pgrehearsal_pgbackrest_wal_waiting_files gauge\n")
                .contains("pgrehearsal_pgbackrest_wal_waiting_files 1.0\n")
                .contains("pgrehearsal_pgbackrest_frontier_lag_seconds 100.0\n");
    }

    @Test
    void aPodWithoutADataDirectorySaysSo() throws Exception {
        HttpResponse<String> response = get();

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("archive_status");
    }

    private HttpResponse<String> get() throws Exception {
        Archives archives =
                new Archives(new Place(data, data, data, data, data, 5432, "pgbackrest"), "demo-1", Definitions.NONE);
        HttpServer server = MetricsEndpoint.open(
                0,
                new Samples(archives, new LastFailure(CLOCK), CLOCK),
                new Observations(archives, CLOCK, (_, _) -> {}),
                Executors.newVirtualThreadPerTaskExecutor());
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        } finally {
            server.stop(0);
        }
    }
}
