package org.pgrehearsal.plugin;

import io.grpc.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/** The plugin: beside CloudNativePG's operator, beside an instance, or beside a recovery job. */
public final class Main {
    private static final String USAGE =
            "usage: operator {--server-secret=NAME --client-secret=NAME [--service=pgbackrest] |"
                    + " --server-cert=FILE --server-key=FILE --client-cert=FILE} [--port=9090] | instance | restore | train";
    private static final int WRONG_USAGE = 64;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        configureLibraries(Path.of(environment.getOrDefault("PLUGIN_HOME", "/pgbackrest")));
        List<Server> servers;
        try {
            servers = start(List.of(arguments), environment);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(WRONG_USAGE);
            return;
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(servers)));
        LoggerFactory.getLogger(Main.class).info("ready");
        for (Server server : servers) {
            server.awaitTermination();
        }
    }

    private static List<Server> start(List<String> arguments, Map<String, String> environment) throws Exception {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "operator" ->
                new OperatorSide(environment, Options.of(arguments.subList(1, arguments.size())), executor).start();
            case "instance" -> new InstanceSide(environment, executor).instance();
            case "restore" -> new InstanceSide(environment, executor).restore();
            case "train" -> new Training(environment, executor).run();
            default -> throw new IllegalArgumentException("the first argument must say what to do");
        };
    }

    /** Small, and nothing outside of our own volume: the root of the file system is read-only. */
    private static void configureLibraries(Path home) throws IOException {
        String netty = "io.grpc.netty.shaded.io.netty.";
        System.setProperty(netty + "native.workdir", home.toString());
        System.setProperty(netty + "allocator.numDirectArenas", "1");
        System.setProperty(netty + "allocator.numHeapArenas", "1");
        System.setProperty(netty + "allocator.pageSize", "4096");
        System.setProperty(netty + "allocator.maxOrder", "6");
        try (InputStream logging = Main.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(logging);
        }
    }

    /** What is under way may end: a segment that is being stored, for one. */
    private static void stop(List<Server> servers) {
        servers.forEach(Server::shutdown);
        try {
            for (Server server : servers) {
                if (!server.awaitTermination(20, TimeUnit.SECONDS)) {
                    server.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
