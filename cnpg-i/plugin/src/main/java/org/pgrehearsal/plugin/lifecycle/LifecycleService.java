package org.pgrehearsal.plugin.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgrehearsal.cnpgi.operatorlifecycle.OperatorLifecycleCapabilities;
import org.pgrehearsal.cnpgi.operatorlifecycle.OperatorLifecycleCapabilitiesRequest;
import org.pgrehearsal.cnpgi.operatorlifecycle.OperatorLifecycleCapabilitiesResponse;
import org.pgrehearsal.cnpgi.operatorlifecycle.OperatorLifecycleGrpc;
import org.pgrehearsal.cnpgi.operatorlifecycle.OperatorLifecycleRequest;
import org.pgrehearsal.cnpgi.operatorlifecycle.OperatorLifecycleResponse;
import org.pgrehearsal.cnpgi.operatorlifecycle.OperatorOperationType;
import org.pgrehearsal.plugin.Answer;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.config.Definitions;
import org.pgrehearsal.plugin.config.InvalidSettings;
import org.pgrehearsal.plugin.config.PluginUse;

/** CNPG-I's lifecycle service: the sidecar of instances and of recovery jobs. */
public final class LifecycleService extends OperatorLifecycleGrpc.OperatorLifecycleImplBase {
    private static final Set<String> RECOVERY = Set.of("full-recovery", "snapshot-recovery");

    private final String name;
    private final String image;
    private final Definitions definitions;

    /**
     * The service for one of the plugin's names.
     *
     * @param image of the sidecar
     */
    public LifecycleService(String name, String image, Definitions definitions) {
        this.name = name;
        this.image = image;
        this.definitions = definitions;
    }

    @Override
    public void getCapabilities(
            OperatorLifecycleCapabilitiesRequest request, StreamObserver<OperatorLifecycleCapabilitiesResponse> call) {
        Answer.to(
                call,
                "OperatorLifecycle.GetCapabilities",
                () -> OperatorLifecycleCapabilitiesResponse.newBuilder()
                        .addLifecycleCapabilities(capability(
                                "",
                                "Pod",
                                OperatorOperationType.Type.TYPE_CREATE,
                                OperatorOperationType.Type.TYPE_EVALUATE))
                        .addLifecycleCapabilities(capability("batch", "Job", OperatorOperationType.Type.TYPE_CREATE))
                        .build());
    }

    private static OperatorLifecycleCapabilities capability(
            String group, String kind, OperatorOperationType.Type... types) {
        OperatorLifecycleCapabilities.Builder capability =
                OperatorLifecycleCapabilities.newBuilder().setGroup(group).setKind(kind);
        for (OperatorOperationType.Type type : types) {
            capability.addOperationTypes(OperatorOperationType.newBuilder().setType(type));
        }
        return capability.build();
    }

    @Override
    public void lifecycleHook(OperatorLifecycleRequest request, StreamObserver<OperatorLifecycleResponse> call) {
        Answer.to(call, "OperatorLifecycle.LifecycleHook", () -> {
            ClusterView cluster = ClusterView.of(request.getClusterDefinition());
            JsonNode object = ClusterView.json(request.getObjectDefinition(), "object");
            try {
                return OperatorLifecycleResponse.newBuilder()
                        .setJsonPatch(patch(cluster, object))
                        .build();
            } catch (InvalidSettings invalid) {
                throw Refusal.badRequest("Cluster " + cluster.name() + ": " + invalid.getMessage());
            }
        });
    }

    private ByteString patch(ClusterView cluster, JsonNode object) {
        return switch (object.path("kind").asText()) {
            case "Pod" -> pod(cluster, object);
            case "Job" -> job(cluster, object);
            default -> ByteString.EMPTY;
        };
    }

    private ByteString pod(ClusterView cluster, JsonNode pod) {
        JsonNode spec = pod.path("spec");
        int main = container(spec, "postgres");
        List<PluginUse> uses = new ArrayList<>(cluster.plugins());
        if (cluster.isReplica() || cluster.promotionPending()) {
            cluster.replicaSource().ifPresent(uses::add);
        }
        return main < 0 || !isMine(uses)
                ? ByteString.EMPTY
                : new Sidecar(image, Sidecar.Mode.INSTANCE, uses, definitions)
                        .patch("/spec", spec, main)
                        .bytes();
    }

    private ByteString job(ClusterView cluster, JsonNode job) {
        JsonNode spec = job.at("/spec/template/spec");
        String role = role(job.path("metadata"));
        if (role.isEmpty()) {
            role = role(job.at("/spec/template/metadata"));
        }
        int main = container(spec, role);
        List<PluginUse> uses = new ArrayList<>(cluster.recoverySource().stream().toList());
        uses.addAll(cluster.plugins());
        return !RECOVERY.contains(role) || main < 0 || cluster.recoverySource().isEmpty() || !isMine(uses)
                ? ByteString.EMPTY
                : new Sidecar(image, Sidecar.Mode.RESTORE, uses, definitions)
                        .patch("/spec/template/spec", spec, main)
                        .bytes();
    }

    /** A cluster may know us by several names; one of them injects. */
    private boolean isMine(List<PluginUse> uses) {
        return !uses.isEmpty() && uses.getFirst().name().equals(name);
    }

    /** By the label's last part: CloudNativePG may run under another group. */
    private static String role(JsonNode metadata) {
        for (Map.Entry<String, JsonNode> label : metadata.path("labels").properties()) {
            if (label.getKey().endsWith("/jobRole")) {
                return label.getValue().asText();
            }
        }
        return "";
    }

    private static int container(JsonNode spec, String name) {
        JsonNode containers = spec.path("containers");
        for (int i = 0; i < containers.size(); i++) {
            if (containers.get(i).path("name").asText().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
