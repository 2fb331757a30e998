package org.pgrehearsal.plugin.reconciler;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksCapabilitiesRequest;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksCapabilitiesResult;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksCapability;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksGrpc;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksRequest;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksResult;
import org.pgrehearsal.plugin.Answer;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.Definitions;
import org.pgrehearsal.plugin.config.PluginUse;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.ApiError;
import org.pgrehearsal.plugin.operator.ClusterRules;

/**
 * CNPG-I's reconciler hooks. CloudNativePG 1.30 does not ask a plugin to validate a Cluster, so a wrong one is refused here, before its first pod; the
 * message becomes the Cluster's phase. What its sidecars may do is granted here, too, before they are there.
 */
public final class ReconcilerService extends ReconcilerHooksGrpc.ReconcilerHooksImplBase {
    private final String name;
    private final Definitions definitions;
    private final Optional<Api> api;

    /**
     * The hooks under one of the plugin's names.
     *
     * @param api empty where there is none, as in a test of the endpoint: then nothing is granted
     */
    public ReconcilerService(String name, Definitions definitions, Optional<Api> api) {
        this.name = name;
        this.definitions = definitions;
        this.api = api;
    }

    @Override
    public void getCapabilities(
            ReconcilerHooksCapabilitiesRequest request, StreamObserver<ReconcilerHooksCapabilitiesResult> call) {
        Answer.to(
                call,
                "ReconcilerHooks.GetCapabilities",
                () -> ReconcilerHooksCapabilitiesResult.newBuilder()
                        .addReconcilerCapabilities(ReconcilerHooksCapability.newBuilder()
                                .setKind(ReconcilerHooksCapability.Kind.KIND_CLUSTER))
                        .build());
    }

    @Override
    public void pre(ReconcilerHooksRequest request, StreamObserver<ReconcilerHooksResult> call) {
        Answer.to(call, "ReconcilerHooks.Pre", () -> {
            ClusterView cluster = ClusterView.of(request.getClusterDefinition());
            List<ClusterRules.Problem> problems = ClusterRules.check(cluster, definitions);
            if (!problems.isEmpty()) {
                throw Refusal.badRequest("Cluster " + cluster.name() + ": " + ClusterRules.text(problems));
            }
            Optional<PluginUse> own = cluster.own().filter(use -> use.name().equals(name));
            if (own.isPresent() && api.isPresent() && !cluster.isBeingDeleted()) {
                prepare(cluster, own.get(), api.get());
            }
            return goOn();
        });
    }

    private void prepare(ClusterView cluster, PluginUse use, Api kubernetes) {
        try {
            new Access(kubernetes).grant(cluster);
            use.archive().ifPresent(archive -> new Writer(kubernetes).claim(cluster, archive));
            use.definition(definitions)
                    .ifPresent(definition -> new Schedules(kubernetes).keep(cluster, use, definition));
        } catch (ApiError e) {
            throw Refusal.unavailable("the plugin cannot prepare Cluster " + cluster.name() + ": " + e.getMessage());
        }
    }

    @Override
    public void post(ReconcilerHooksRequest request, StreamObserver<ReconcilerHooksResult> call) {
        Answer.to(call, "ReconcilerHooks.Post", ReconcilerService::goOn);
    }

    private static ReconcilerHooksResult goOn() {
        return ReconcilerHooksResult.newBuilder()
                .setBehavior(ReconcilerHooksResult.Behavior.BEHAVIOR_CONTINUE)
                .build();
    }
}
