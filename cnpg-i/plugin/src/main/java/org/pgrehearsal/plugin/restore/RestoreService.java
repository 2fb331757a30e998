package org.pgrehearsal.plugin.restore;

import io.grpc.stub.StreamObserver;
import org.pgrehearsal.cnpgi.restorejob.RestoreJobHooksCapabilitiesRequest;
import org.pgrehearsal.cnpgi.restorejob.RestoreJobHooksCapabilitiesResult;
import org.pgrehearsal.cnpgi.restorejob.RestoreJobHooksCapability;
import org.pgrehearsal.cnpgi.restorejob.RestoreJobHooksGrpc;
import org.pgrehearsal.cnpgi.restorejob.RestoreRequest;
import org.pgrehearsal.cnpgi.restorejob.RestoreResponse;
import org.pgrehearsal.plugin.Answer;
import org.pgrehearsal.plugin.Archives;
import org.pgrehearsal.plugin.config.ClusterView;

/** CNPG-I's hook of a recovery job. */
public final class RestoreService extends RestoreJobHooksGrpc.RestoreJobHooksImplBase {
    private final Restorer restorer;

    public RestoreService(Archives archives) {
        this.restorer = new Restorer(archives);
    }

    @Override
    public void getCapabilities(
            RestoreJobHooksCapabilitiesRequest request, StreamObserver<RestoreJobHooksCapabilitiesResult> call) {
        Answer.to(
                call,
                "RestoreJobHooks.GetCapabilities",
                () -> RestoreJobHooksCapabilitiesResult.newBuilder()
                        .addCapabilities(RestoreJobHooksCapability.newBuilder()
                                .setKind(RestoreJobHooksCapability.Kind.KIND_RESTORE))
                        .build());
    }

    @Override
    public void restore(RestoreRequest request, StreamObserver<RestoreResponse> call) {
        Answer.to(call, "RestoreJobHooks.Restore", () -> {
            ClusterView cluster = ClusterView.of(request.getClusterDefinition());
            // before 0.6 of the protocol the request does not say
            boolean check = request.hasCheckEmptyWalArchive()
                    ? request.getCheckEmptyWalArchive()
                    : !cluster.skipsEmptyArchiveCheck();
            return RestoreResponse.newBuilder()
                    .setRestoreConfig(restorer.restore(cluster, check))
                    .build();
        });
    }
}
