package org.pgrehearsal.plugin.metrics;

import io.grpc.stub.StreamObserver;
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
import org.pgrehearsal.plugin.config.ClusterView;

/** CNPG-I's metrics service: all gauges, shown by the exporter of the instance. */
public final class MetricsService extends MetricsGrpc.MetricsImplBase {
    private final Samples samples;
    private final Observations observations;

    public MetricsService(Samples samples, Observations observations) {
        this.samples = samples;
        this.observations = observations;
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
            result.addMetrics(Metric.newBuilder()
                    .setFqName(gauge.fullName())
                    .setHelp(gauge.help())
                    .addAllVariableLabels(gauge.labels())
                    .setValueType(MetricType.newBuilder().setType(MetricType.Type.TYPE_GAUGE)));
        }
        Answer.to(call, "Metrics.Define", result::build);
    }

    @Override
    public void collect(CollectMetricsRequest request, StreamObserver<CollectMetricsResult> call) {
        Answer.to(call, "Metrics.Collect", () -> {
            CollectMetricsResult.Builder result = CollectMetricsResult.newBuilder();
            Observation seen = observations.last(ClusterView.of(request.getClusterDefinition()));
            samples.of(seen)
                    .forEach(sample -> result.addMetrics(CollectMetric.newBuilder()
                            .setFqName(sample.gauge().fullName())
                            .setValue(sample.value())
                            .addAllVariableLabels(sample.labels())));
            return result.build();
        });
    }
}
