package org.pgrehearsal.plugin.metrics;

import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.List;
import org.pgrehearsal.cnpgi.metrics.CollectMetric;
import org.pgrehearsal.cnpgi.metrics.CollectMetricsRequest;
import org.pgrehearsal.cnpgi.metrics.CollectMetricsResult;
import org.pgrehearsal.cnpgi.metrics.DefineMetricsRequest;
import org.pgrehearsal.cnpgi.metrics.DefineMetricsResult;
import org.pgrehearsal.cnpgi.metrics.Metric;
import org.pgrehearsal.cnpgi.metrics.MetricType;
import org.pgrehearsal.cnpgi.metrics.MetricsCapabilitiesRequest;
import org.pgrehearsal.cnpgi.metrics.MetricsCapabilitiesResult;
import org.pgrehearsal.cnpgi.metrics.MetricsCapability;
import org.pgrehearsal.cnpgi.metrics.MetricsGrpc;
import org.pgrehearsal.plugin.Answer;
import org.pgrehearsal.plugin.Archives;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;

/** CNPG-I's metrics service: all gauges, shown by the exporter of the instance. */
public final class MetricsService extends MetricsGrpc.MetricsImplBase {
    private final Archives archives;
    private final Observations observations;
    private final LastFailure lastFailure;

    public MetricsService(Archives archives, LastFailure lastFailure, Clock clock) {
        this.archives = archives;
        this.observations = new Observations(archives, clock);
        this.lastFailure = lastFailure;
    }

    private enum Gauge {
        WAITING("wal_waiting_files", "Files in pg_wal that wait to be archived"),
        LAST_FAILURE("last_failed_backup_timestamp", "When a backup failed the last time since the sidecar started"),
        REACHABLE("repository_reachable", "Whether the last look at the repositories succeeded"),
        OBSERVED("repository_observed_timestamp", "When the repositories were looked at"),
        BACKUPS("backups", "Backups in the repository", "repo", "type"),
        LAST_BACKUP("last_backup_timestamp", "When the latest backup ended", "repo"),
        FIRST_POINT("first_recoverability_point", "When the oldest backup ended", "repo"),
        BYTES("backup_bytes", "Size of all backups in the repository", "repo"),
        GAPS("archive_gap_segments", "Segments that are missing between others of their timeline", "repo");

        private final String name;
        private final String help;
        /** Their names, with a space between them. */
        private final String labels;

        Gauge(String name, String help, String... labels) {
            this.name = "pgrehearsal_pgbackrest_" + name;
            this.help = help;
            this.labels = String.join(" ", labels);
        }

        private Metric definition() {
            return Metric.newBuilder()
                    .setFqName(name)
                    .setHelp(help)
                    .addAllVariableLabels(labels.isEmpty() ? List.of() : List.of(labels.split(" ")))
                    .setValueType(MetricType.newBuilder().setType(MetricType.Type.TYPE_GAUGE))
                    .build();
        }

        private CollectMetric value(long value, Object... labelValues) {
            CollectMetric.Builder metric =
                    CollectMetric.newBuilder().setFqName(name).setValue((double) value);
            for (Object label : labelValues) {
                metric.addVariableLabels(label.toString());
            }
            return metric.build();
        }
    }

    @Override
    public void getCapabilities(MetricsCapabilitiesRequest request, StreamObserver<MetricsCapabilitiesResult> call) {
        Answer.to(
                call,
                "Metrics.GetCapabilities",
                () -> MetricsCapabilitiesResult.newBuilder()
                        .addCapabilities(MetricsCapability.newBuilder()
                                .setRpc(MetricsCapability.RPC
                                        .newBuilder()
                                        .setType(MetricsCapability.RPC.Type.TYPE_METRICS)))
                        .build());
    }

    @Override
    public void define(DefineMetricsRequest request, StreamObserver<DefineMetricsResult> call) {
        DefineMetricsResult.Builder result = DefineMetricsResult.newBuilder();
        for (Gauge gauge : Gauge.values()) {
            result.addMetrics(gauge.definition());
        }
        Answer.to(call, "Metrics.Define", result::build);
    }

    @Override
    public void collect(CollectMetricsRequest request, StreamObserver<CollectMetricsResult> call) {
        Answer.to(call, "Metrics.Collect", () -> {
            Observations.Observation seen = observations.last(ClusterView.of(request.getClusterDefinition()));
            CollectMetricsResult.Builder result = CollectMetricsResult.newBuilder()
                    .addMetrics(Gauge.WAITING.value(archives.data().waiting()))
                    .addMetrics(Gauge.LAST_FAILURE.value(lastFailure.second()))
                    .addMetrics(Gauge.REACHABLE.value(seen.reachable() ? 1 : 0))
                    .addMetrics(Gauge.OBSERVED.value(seen.at().getEpochSecond()));
            seen.repositories().forEach(held -> add(result, held));
            return result.build();
        });
    }

    private static void add(CollectMetricsResult.Builder result, Observations.Held held) {
        List<RepositoryInfo.Backup> backups = held.backups();
        int repository = held.repository();
        for (String type : List.of("full", "diff", "incr")) {
            result.addMetrics(Gauge.BACKUPS.value(
                    backups.stream()
                            .filter(backup -> backup.type().equals(type))
                            .count(),
                    repository,
                    type));
        }
        result.addMetrics(Gauge.GAPS.value(held.gaps(), repository));
        result.addMetrics(Gauge.BYTES.value(
                backups.stream()
                        .mapToLong(RepositoryInfo.Backup::repositorySize)
                        .sum(),
                repository));
        if (!backups.isEmpty()) {
            result.addMetrics(Gauge.LAST_BACKUP.value(backups.getLast().stop().getEpochSecond(), repository));
            result.addMetrics(Gauge.FIRST_POINT.value(backups.getFirst().stop().getEpochSecond(), repository));
        }
    }
}
