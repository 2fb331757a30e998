package org.pgrehearsal.plugin;

import io.grpc.BindableService;
import io.grpc.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.pgrehearsal.cnpgi.identity.PluginCapability;
import org.pgrehearsal.plugin.backup.BackupService;
import org.pgrehearsal.plugin.config.PluginName;
import org.pgrehearsal.plugin.identity.IdentityService;
import org.pgrehearsal.plugin.lifecycle.LifecycleService;
import org.pgrehearsal.plugin.metrics.LastFailure;
import org.pgrehearsal.plugin.metrics.MetricsService;
import org.pgrehearsal.plugin.operator.OperatorService;
import org.pgrehearsal.plugin.pgbackrest.PgBackRest;
import org.pgrehearsal.plugin.pgbackrest.Place;
import org.pgrehearsal.plugin.pgbackrest.Stanza;
import org.pgrehearsal.plugin.reconciler.ReconcilerService;
import org.pgrehearsal.plugin.restore.RestoreService;
import org.pgrehearsal.plugin.server.InstanceServer;
import org.pgrehearsal.plugin.server.OperatorServer;
import org.pgrehearsal.plugin.wal.WalService;
import org.slf4j.LoggerFactory;

/** The plugin: beside CloudNativePG's operator, beside an instance, or beside a recovery job. */
public final class Main {
    private static final String USAGE =
            "usage: operator --server-cert=FILE --server-key=FILE --client-cert=FILE [--port=9090] | instance | restore";
    private static final int WRONG_USAGE = 64;

    private final Map<String, String> environment;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private Main(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] arguments) throws Exception {
        Main plugin = new Main(System.getenv());
        configureLibraries(plugin.home());
        List<Server> servers;
        try {
            servers = plugin.start(List.of(arguments));
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

    private List<Server> start(List<String> arguments) throws IOException, GeneralSecurityException {
        return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "operator" -> operator(options(arguments.subList(1, arguments.size())));
            case "instance" -> instance(false);
            case "restore" -> instance(true);
            default -> throw new IllegalArgumentException("the first argument must say what to do");
        };
    }

    /** One endpoint for each name of the plugin, on ports in a row. */
    private List<Server> operator(Map<String, String> options) throws IOException, GeneralSecurityException {
        OperatorServer server = new OperatorServer(
                Path.of(required(options, "--server-cert")),
                Path.of(required(options, "--server-key")),
                Path.of(required(options, "--client-cert")),
                Duration.ofSeconds(Long.parseLong(options.getOrDefault("--reload-seconds", "10"))),
                executor);
        String image = environment.get("SIDECAR_IMAGE");
        if (image == null) {
            throw new IllegalArgumentException("the environment must name the sidecar's image in SIDECAR_IMAGE");
        }
        int port = Integer.parseInt(options.getOrDefault("--port", "9090"));
        List<Server> servers = new ArrayList<>();
        for (String name : PluginName.ALL) {
            servers.add(server.start(
                    port + servers.size(),
                    List.of(
                            new IdentityService(
                                    name,
                                    List.of(
                                            PluginCapability.Service.Type.TYPE_OPERATOR_SERVICE,
                                            PluginCapability.Service.Type.TYPE_LIFECYCLE_SERVICE,
                                            PluginCapability.Service.Type.TYPE_RECONCILER_HOOKS)),
                            new OperatorService(name),
                            new LifecycleService(name, image),
                            new ReconcilerService())));
        }
        return servers;
    }

    private List<Server> instance(boolean restore) throws IOException {
        Place place = new Place(
                home(),
                path("PLUGIN_SECRETS", "/pgbackrest-secrets"),
                path("PGDATA", "/var/lib/postgresql/data/pgdata"),
                path("PLUGIN_PGWAL", "/var/lib/postgresql/wal/pg_wal"),
                path("PGHOST", "/controller/run"),
                Integer.parseInt(environment.getOrDefault("PGPORT", "5432")),
                environment.getOrDefault("PLUGIN_PGBACKREST", "pgbackrest"));
        PgBackRest.forgetSpool(place);
        Archives archives = new Archives(place, environment.getOrDefault("POD_NAME", ""));
        Stanza stanza = new Stanza();
        LastFailure lastFailure = new LastFailure(Clock.systemUTC());
        List<PluginCapability.Service.Type> types = restore
                ? List.of(
                        PluginCapability.Service.Type.TYPE_WAL_SERVICE, PluginCapability.Service.Type.TYPE_RESTORE_JOB)
                : List.of(
                        PluginCapability.Service.Type.TYPE_WAL_SERVICE,
                        PluginCapability.Service.Type.TYPE_BACKUP_SERVICE,
                        PluginCapability.Service.Type.TYPE_METRICS,
                        PluginCapability.Service.Type.TYPE_INSTANCE_SIDECAR_INJECTION);
        List<BindableService> services = restore
                ? List.of(new WalService(archives, stanza), new RestoreService(archives))
                : List.of(
                        new WalService(archives, stanza),
                        new BackupService(archives, stanza, lastFailure),
                        new MetricsService(archives, lastFailure, Clock.systemUTC()));
        List<String> names =
                List.of(environment.getOrDefault("PLUGIN_NAMES", PluginName.OWN).split(","));
        return InstanceServer.start(path("PLUGIN_SOCKETS", "/plugins"), names, executor, name -> {
            List<BindableService> all = new ArrayList<>(services);
            all.add(new IdentityService(name, types));
            return all;
        });
    }

    private Path home() {
        return path("PLUGIN_HOME", "/pgbackrest");
    }

    private Path path(String variable, String usual) {
        return Path.of(environment.getOrDefault(variable, usual));
    }

    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + argument + "' is not of the form --option=value");
            }
            options.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return options;
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
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
