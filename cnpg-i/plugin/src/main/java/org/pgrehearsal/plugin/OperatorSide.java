package org.pgrehearsal.plugin;

import io.grpc.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.pgrehearsal.cnpgi.identity.PluginCapability;
import org.pgrehearsal.plugin.archive.ApiDefinitions;
import org.pgrehearsal.plugin.archive.ArchiveController;
import org.pgrehearsal.plugin.certificates.Certificates;
import org.pgrehearsal.plugin.config.Definitions;
import org.pgrehearsal.plugin.config.PluginName;
import org.pgrehearsal.plugin.identity.IdentityService;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.Events;
import org.pgrehearsal.plugin.kubernetes.Kind;
import org.pgrehearsal.plugin.lifecycle.LifecycleService;
import org.pgrehearsal.plugin.operator.OperatorService;
import org.pgrehearsal.plugin.reconciler.ReconcilerService;
import org.pgrehearsal.plugin.reconciler.Schedules;
import org.pgrehearsal.plugin.server.OperatorServer;

/** The process beside CloudNativePG's operator: one endpoint for each name of the plugin, on ports in a row, and the controller of Archives. */
final class OperatorSide {
    private static final String SERVICE = "pgbackrest";

    private final Map<String, String> environment;
    private final Options options;
    private final ExecutorService executor;
    private final Optional<Api> api;

    OperatorSide(Map<String, String> environment, Options options, ExecutorService executor) {
        this.environment = environment;
        this.options = options;
        this.executor = executor;
        this.api = Api.ofPod(environment);
    }

    List<Server> start() throws IOException, GeneralSecurityException, InterruptedException {
        String image = environment.get("SIDECAR_IMAGE");
        if (image == null) {
            throw new IllegalArgumentException("the environment must name the sidecar's image in SIDECAR_IMAGE");
        }
        int port = Integer.parseInt(options.or("--port", "9090"));
        OperatorServer server = server();
        Definitions definitions = api.<Definitions>map(ApiDefinitions::new).orElse(Definitions.NONE);
        api.ifPresent(this::control);
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
                            new OperatorService(name, definitions),
                            new LifecycleService(name, image, definitions),
                            new ReconcilerService(name, definitions, api))));
        }
        return servers;
    }

    private void control(Api kubernetes) {
        Events events = new Events(kubernetes, "plugin-pgbackrest", Clock.systemUTC());
        Kind clusters = new Kind(
                environment.getOrDefault("CUSTOM_CNPG_GROUP", "postgresql.cnpg.io"),
                environment.getOrDefault("CUSTOM_CNPG_VERSION", "v1"),
                "clusters");
        Schedules schedules = new Schedules(kubernetes);
        ArchiveController archives = new ArchiveController(
                kubernetes, events, Clock.systemUTC(), archive -> schedules.follow(archive, clusters));
        Thread.ofPlatform().daemon().name("archives").start(archives::run);
    }

    private OperatorServer server() throws IOException, GeneralSecurityException, InterruptedException {
        Duration reload = Duration.ofSeconds(Long.parseLong(options.or("--reload-seconds", "10")));
        if (!options.has("--server-secret")) {
            return new OperatorServer(
                    Path.of(options.required("--server-cert")),
                    Path.of(options.required("--server-key")),
                    Path.of(options.required("--client-cert")),
                    reload,
                    executor);
        }
        String service = options.or("--service", SERVICE);
        Certificates certificates = new Certificates(
                api.orElseThrow(() ->
                        new IllegalArgumentException("--server-secret needs the Kubernetes API, and this is no pod")),
                environment.getOrDefault("NAMESPACE", "cnpg-system"),
                options.required("--server-secret"),
                options.required("--client-secret"),
                Files.createTempDirectory("certificates"),
                Clock.systemUTC());
        certificates.refresh(service);
        Thread.ofPlatform().daemon().name("secrets").start(() -> certificates.run(service));
        return new OperatorServer(
                certificates.serverCertificate(),
                certificates.serverKey(),
                certificates.clientCertificate(),
                reload,
                executor);
    }
}
