package org.pgrehearsal.plugin;

import io.grpc.BindableService;
import io.grpc.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.pgrehearsal.cnpgi.identity.PluginCapability;
import org.pgrehearsal.plugin.archive.MountedDefinitions;
import org.pgrehearsal.plugin.backup.BackupReport;
import org.pgrehearsal.plugin.backup.BackupService;
import org.pgrehearsal.plugin.backup.BackupTaker;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.PluginName;
import org.pgrehearsal.plugin.identity.IdentityService;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.Kind;
import org.pgrehearsal.plugin.metrics.LastFailure;
import org.pgrehearsal.plugin.metrics.MetricsEndpoint;
import org.pgrehearsal.plugin.metrics.MetricsService;
import org.pgrehearsal.plugin.metrics.Observation;
import org.pgrehearsal.plugin.metrics.Observations;
import org.pgrehearsal.plugin.metrics.Samples;
import org.pgrehearsal.plugin.pgbackrest.PgBackRest;
import org.pgrehearsal.plugin.pgbackrest.Place;
import org.pgrehearsal.plugin.pgbackrest.Stanza;
import org.pgrehearsal.plugin.report.RefusalEvents;
import org.pgrehearsal.plugin.report.Reporter;
import org.pgrehearsal.plugin.restore.RestoreService;
import org.pgrehearsal.plugin.server.InstanceServer;
import org.pgrehearsal.plugin.wal.WalService;

/** The process in a pod of PostgreSQL: beside an instance, or beside a recovery job. */
final class InstanceSide {
    private final Map<String, String> environment;
    private final ExecutorService executor;
    private final Archives archives;
    private final Stanza stanza = new Stanza();
    private final Optional<Reporter> reporter;

    InstanceSide(Map<String, String> environment, ExecutorService executor) {
        this.environment = environment;
        this.executor = executor;
        Place place = new Place(
                path("PLUGIN_HOME", "/pgbackrest"),
                path("PLUGIN_SECRETS", "/pgbackrest-secrets"),
                path("PGDATA", "/var/lib/postgresql/data/pgdata"),
                path("PLUGIN_PGWAL", "/var/lib/postgresql/wal/pg_wal"),
                path("PGHOST", "/controller/run"),
                Integer.parseInt(environment.getOrDefault("PGPORT", "5432")),
                environment.getOrDefault("PLUGIN_PGBACKREST", "pgbackrest"));
        String pod = environment.getOrDefault("POD_NAME", "");
        this.archives =
                new Archives(place, pod, new MountedDefinitions(path("PLUGIN_ARCHIVES", "/pgbackrest-archives")));
        this.reporter = Api.ofPod(environment)
                .map(api -> new Reporter(
                        api,
                        new Kind(
                                environment.getOrDefault("CUSTOM_CNPG_GROUP", "postgresql.cnpg.io"),
                                environment.getOrDefault("CUSTOM_CNPG_VERSION", "v1"),
                                "clusters"),
                        environment.getOrDefault("NAMESPACE", ""),
                        environment.getOrDefault("CLUSTER_NAME", ""),
                        pod,
                        Clock.systemUTC()));
    }

    List<Server> instance() throws IOException {
        LastFailure lastFailure = new LastFailure(Clock.systemUTC());
        Observations observations = new Observations(archives, Clock.systemUTC(), this::observed);
        Samples samples = new Samples(archives, lastFailure, Clock.systemUTC());
        String port = environment.getOrDefault("PLUGIN_METRICS_PORT", "9488");
        if (!port.equals("off")) {
            MetricsEndpoint.open(Integer.parseInt(port), samples, observations, executor);
        }
        reporter.ifPresent(one -> Thread.ofPlatform().daemon().name("report").start(() -> one.run(observations::last)));
        return serve(
                List.of(
                        PluginCapability.Service.Type.TYPE_WAL_SERVICE,
                        PluginCapability.Service.Type.TYPE_BACKUP_SERVICE,
                        PluginCapability.Service.Type.TYPE_METRICS,
                        PluginCapability.Service.Type.TYPE_INSTANCE_SIDECAR_INJECTION),
                List.of(
                        new WalService(archives, stanza, this::waiting),
                        new BackupService(archives, stanza, lastFailure, report(), observations),
                        new MetricsService(samples, observations)));
    }

    List<Server> restore() throws IOException {
        return serve(
                List.of(PluginCapability.Service.Type.TYPE_WAL_SERVICE, PluginCapability.Service.Type.TYPE_RESTORE_JOB),
                List.of(new WalService(archives, stanza, this::waiting), new RestoreService(archives)));
    }

    private List<Server> serve(List<PluginCapability.Service.Type> types, List<BindableService> services)
            throws IOException {
        PgBackRest.forgetSpool(archives.place());
        List<String> names =
                List.of(environment.getOrDefault("PLUGIN_NAMES", PluginName.OWN).split(","));
        return InstanceServer.start(
                path("PLUGIN_SOCKETS", "/plugins"), names, executor, new RefusalEvents(this::warn), name -> {
                    List<BindableService> all = new ArrayList<>(services);
                    all.add(new IdentityService(name, types));
                    return all;
                });
    }

    private void waiting(String message) {
        warn("RecoveryWaits", message);
    }

    private void warn(String reason, String message) {
        reporter.ifPresent(one -> one.warn(reason, message));
    }

    private void observed(ClusterView cluster, Observation seen) {
        reporter.ifPresent(one -> one.observed(cluster, seen));
    }

    /** Outside of Kubernetes there is nobody to tell. */
    private BackupReport report() {
        return reporter.<BackupReport>map(one -> one).orElse(new BackupReport() {
            @Override
            public void proven(ClusterView of, BackupTaker.Taken taken) {}

            @Override
            public void failed(ClusterView of, String why) {}
        });
    }

    private Path path(String variable, String usual) {
        return Path.of(environment.getOrDefault(variable, usual));
    }
}
