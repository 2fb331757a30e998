package org.pgrehearsal.gitops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server for one cluster: a Git repository under {@code /git/}, and the files of a folder under {@code /}. */
public final class TreeServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    private TreeServer(HttpServer server) {
        this.server = server;
        server.setExecutor(workers);
    }

    /**
     * Starts serving.
     *
     * @param address of this machine, the one at which pods reach it; nothing else can
     * @param git     answers below {@code /git/}
     * @param files   the folder of the files
     */
    static TreeServer start(String address, GitBackend git, Path files) {
        try {
            TreeServer server = new TreeServer(HttpServer.create(new InetSocketAddress(address, 0), 0));
            server.server.createContext(GitBackend.PREFIX, git);
            server.server.createContext("/", exchange -> send(exchange, files));
            server.server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private static void send(HttpExchange exchange, Path files) throws IOException {
        try (exchange) {
            Path file = files.resolve(exchange.getRequestURI().getPath().substring(1))
                    .normalize();
            if (!file.startsWith(files) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, Files.size(file));
            Files.copy(file, exchange.getResponseBody());
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The server's address, without a slash at the end. */
    public String url() {
        return "http://" + server.getAddress().getHostString() + ":" + port();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.close();
    }
}
