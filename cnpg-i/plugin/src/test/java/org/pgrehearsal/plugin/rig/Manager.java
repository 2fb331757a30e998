package org.pgrehearsal.plugin.rig;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.cnpgi.wal.WALArchiveRequest;
import org.pgrehearsal.cnpgi.wal.WALRestoreRequest;
import org.pgrehearsal.platform.local.PostgresCluster;

/**
 * CloudNativePG's instance manager, as far as WAL goes: a program that calls the plugin and ends with 0 or, whatever the error is, with 1.
 */
public final class Manager implements AutoCloseable {
    private static final String REAL =
            "/controller/manager wal-restore --log-destination /controller/log/postgres.json %f %p";

    private final HttpServer server;
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private volatile @Nullable Sidecar sidecar;
    private volatile ByteString cluster = ByteString.EMPTY;
    private volatile boolean checkEmpty;

    Manager() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/archive", this::archive);
        server.createContext("/restore", this::restore);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Whom it calls, and what it sends of the Cluster; nobody for now if there is no sidecar. */
    public void use(@Nullable Sidecar plugin, Clusters definition) {
        cluster = definition.bytes();
        sidecar = plugin;
    }

    public void checkEmpty(boolean check) {
        checkEmpty = check;
    }

    /** Why the plugin refused, in the order of its answers. */
    public List<String> refusals() {
        return refusals;
    }

    public String archiveCommand(PostgresCluster of) {
        return curl("archive?" + of.data() + "/%p");
    }

    /** A recovery configuration of the plugin, with us in the place of CloudNativePG's program. */
    public String recovery(String configuration, PostgresCluster of) {
        if (!configuration.contains(REAL)) {
            throw new AssertionError("no call of the instance manager in " + configuration);
        }
        return configuration.replace(
                REAL, curl("restore?%f&" + of.data() + "/%p").replace("'", "''"));
    }

    private String curl(String rest) {
        return "curl -sf 'http://127.0.0.1:" + server.getAddress().getPort() + "/" + rest + "'";
    }

    private void archive(HttpExchange exchange) {
        answer(
                exchange,
                (plugin, argument) -> plugin.wal()
                        .archive(WALArchiveRequest.newBuilder()
                                .setClusterDefinition(cluster)
                                .setSourceFileName(argument)
                                .setCheckEmptyWalArchive(checkEmpty)
                                .build()));
    }

    private void restore(HttpExchange exchange) {
        answer(exchange, (plugin, argument) -> {
            String[] words = argument.split("&");
            plugin.wal()
                    .restore(WALRestoreRequest.newBuilder()
                            .setClusterDefinition(cluster)
                            .setSourceWalName(words[0])
                            .setDestinationFileName(words[1])
                            .setMode(WALRestoreRequest.Mode.MODE_RECOVERY)
                            .build());
        });
    }

    private interface Call {
        void by(Sidecar plugin, String argument);
    }

    private void answer(HttpExchange exchange, Call call) {
        int status = 500;
        String said = "";
        try {
            Sidecar plugin = Objects.requireNonNull(sidecar, "no sidecar");
            // each call by itself, as of a new process
            Context.ROOT.run(() -> call.by(plugin, exchange.getRequestURI().getQuery()));
            status = 200;
        } catch (StatusRuntimeException e) {
            said = e.getStatus().getCode() + ": " + e.getStatus().getDescription();
            refusals.add(said);
        } catch (RuntimeException e) {
            said = e.toString();
        }
        byte[] body = said.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            refusals.add("the caller has gone: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
