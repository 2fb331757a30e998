package org.pgrehearsal.plugin.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.pgrehearsal.cnpgi.operator.OperatorCapabilitiesRequest;
import org.pgrehearsal.cnpgi.operator.OperatorCapabilitiesResult;
import org.pgrehearsal.cnpgi.operator.OperatorCapability;
import org.pgrehearsal.cnpgi.operator.OperatorGrpc;
import org.pgrehearsal.cnpgi.operator.OperatorMutateClusterRequest;
import org.pgrehearsal.cnpgi.operator.OperatorMutateClusterResult;
import org.pgrehearsal.cnpgi.operator.OperatorValidateClusterChangeRequest;
import org.pgrehearsal.cnpgi.operator.OperatorValidateClusterChangeResult;
import org.pgrehearsal.cnpgi.operator.OperatorValidateClusterCreateRequest;
import org.pgrehearsal.cnpgi.operator.OperatorValidateClusterCreateResult;
import org.pgrehearsal.cnpgi.operator.ValidationError;
import org.pgrehearsal.plugin.Answer;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.Definitions;
import org.pgrehearsal.plugin.lifecycle.JsonPatch;

/**
 * CNPG-I's operator service, but for the status of the Cluster: CloudNativePG 1.30 forgets it at the beginning of each reconciliation and reconciles
 * again when it is given one, so a plugin that gives one keeps the operator busy for ever. The status of an archive is that of its Archive.
 */
public final class OperatorService extends OperatorGrpc.OperatorImplBase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<OperatorCapability.RPC.Type> CAPABILITIES = List.of(
            OperatorCapability.RPC.Type.TYPE_VALIDATE_CLUSTER_CREATE,
            OperatorCapability.RPC.Type.TYPE_VALIDATE_CLUSTER_CHANGE,
            OperatorCapability.RPC.Type.TYPE_MUTATE_CLUSTER);

    private final String name;
    private final Definitions definitions;

    /** The service for one of the plugin's names. */
    public OperatorService(String name, Definitions definitions) {
        this.name = name;
        this.definitions = definitions;
    }

    @Override
    public void getCapabilities(OperatorCapabilitiesRequest request, StreamObserver<OperatorCapabilitiesResult> call) {
        OperatorCapabilitiesResult.Builder result = OperatorCapabilitiesResult.newBuilder();
        CAPABILITIES.forEach(type -> result.addCapabilities(OperatorCapability.newBuilder()
                .setRpc(OperatorCapability.RPC.newBuilder().setType(type))));
        Answer.to(call, "Operator.GetCapabilities", result::build);
    }

    @Override
    public void validateClusterCreate(
            OperatorValidateClusterCreateRequest request, StreamObserver<OperatorValidateClusterCreateResult> call) {
        Answer.to(
                call,
                "Operator.ValidateClusterCreate",
                () -> OperatorValidateClusterCreateResult.newBuilder()
                        .addAllValidationErrors(
                                errors(ClusterRules.check(ClusterView.of(request.getDefinition()), definitions)))
                        .build());
    }

    @Override
    public void validateClusterChange(
            OperatorValidateClusterChangeRequest request, StreamObserver<OperatorValidateClusterChangeResult> call) {
        Answer.to(
                call,
                "Operator.ValidateClusterChange",
                () -> OperatorValidateClusterChangeResult.newBuilder()
                        .addAllValidationErrors(errors(ClusterRules.check(
                                ClusterView.of(request.getOldCluster()),
                                ClusterView.of(request.getNewCluster()),
                                definitions)))
                        .build());
    }

    private static List<ValidationError> errors(List<ClusterRules.Problem> problems) {
        return problems.stream()
                .map(problem -> ValidationError.newBuilder()
                        .addAllPathComponents(problem.path())
                        .setValue(problem.value())
                        .setMessage(problem.message())
                        .build())
                .toList();
    }

    /** Backups are taken on the primary; CloudNativePG's default would elect a standby. What the user wrote stays. */
    @Override
    public void mutateCluster(OperatorMutateClusterRequest request, StreamObserver<OperatorMutateClusterResult> call) {
        Answer.to(call, "Operator.MutateCluster", () -> {
            ClusterView cluster = ClusterView.of(request.getDefinition());
            JsonPatch patch = new JsonPatch();
            JsonNode backup = cluster.root().at("/spec/backup");
            if (isMine(cluster) && !backup.has("target")) {
                if (backup.isObject()) {
                    patch.add("/spec/backup/target", JSON.getNodeFactory().textNode("primary"));
                } else {
                    patch.add("/spec/backup", JSON.createObjectNode().put("target", "primary"));
                }
            }
            return OperatorMutateClusterResult.newBuilder()
                    .setJsonPatch(patch.bytes())
                    .build();
        });
    }

    private boolean isMine(ClusterView cluster) {
        return cluster.own().map(use -> use.name().equals(name)).orElse(false);
    }
}
