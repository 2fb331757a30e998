package org.pgrehearsal.plugin.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.pgrehearsal.plugin.Refusal;

/** The same gauges at an address of our own, for whoever does not scrape CloudNativePG's exporter: {@code GET /metrics}. */
public final class MetricsEndpoint {
    private MetricsEndpoint() {}

    /**
     * Opens it.
     *
     * @param port 0 for any
     * @return the server, which has been started
     */
    public static HttpServer open(int port, Samples samples, Observations observations, ExecutorService executor)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/metrics", exchange -> answer(exchange, samples, observations));
        server.setExecutor(executor);
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, Samples samples, Observations observations) throws IOException {
        int status = 200;
        String text;
        try {
            text = text(samples.of(observations.last()));
        } catch (Refusal refusal) {
            status = 503;
            text = refusal.getMessage() + "\n";
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String text(Iterable<Gauge.Sample> samples) {
        StringBuilder text = new StringBuilder();
        Set<Gauge> named = EnumSet.noneOf(Gauge.class);
        for (Gauge gauge : Gauge.values()) {
            for (Gauge.Sample sample : samples) {
                if (sample.gauge() == gauge) {
                    if (named.add(gauge)) {
                        text.append("# HELP ")
                                .append(gauge.fullName())
                                .append(' ')
                                .append(gauge.help())
                                .append('\n');
                        text.append("# TYPE ").append(gauge.fullName()).append(" gauge\n");
                    }
                    text.append(gauge.fullName())
                            .append(labels(sample))
                            .append(' ')
                            .append(sample.value())
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    private static String labels(Gauge.Sample sample) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < sample.labels().size(); i++) {
            labels.append(i == 0 ? '{' : ',')
                    .append(sample.gauge().labels().get(i))
                    .append("=\"")
                    .append(sample.labels().get(i))
                    .append('"');
        }
        return labels.isEmpty() ? "" : labels.append('}').toString();
    }
}
