package org.pgrehearsal.plugin.reconciler;

import io.grpc.stub.StreamObserver;
import java.util.List;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksCapabilitiesRequest;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksCapabilitiesResult;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksCapability;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksGrpc;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksRequest;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksResult;
import org.pgrehearsal.plugin.Answer;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.operator.ClusterRules;

/**
 * CNPG-I's reconciler hooks. CloudNativePG 1.30 does not ask a plugin to validate a Cluster, so a wrong one is refused here, before its first pod; the
 * message becomes the Cluster's phase. The sidecar needs no rights in the API, so there is nothing to grant.
 */
public final class ReconcilerService extends ReconcilerHooksGrpc.ReconcilerHooksImplBase {
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
            List<ClusterRules.Problem> problems = ClusterRules.check(cluster);
            if (!problems.isEmpty()) {
                throw Refusal.badRequest("Cluster " + cluster.name() + ": " + ClusterRules.text(problems));
            }
            return goOn();
        });
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
