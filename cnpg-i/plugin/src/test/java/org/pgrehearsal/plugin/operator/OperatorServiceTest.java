package org.pgrehearsal.plugin.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.cnpgi.identity.GetPluginCapabilitiesRequest;
import org.pgrehearsal.cnpgi.identity.GetPluginMetadataRequest;
import org.pgrehearsal.cnpgi.identity.IdentityGrpc;
import org.pgrehearsal.cnpgi.identity.PluginCapability;
import org.pgrehearsal.cnpgi.identity.ProbeRequest;
import org.pgrehearsal.cnpgi.operator.OperatorCapabilitiesRequest;
import org.pgrehearsal.cnpgi.operator.OperatorGrpc;
import org.pgrehearsal.cnpgi.operator.OperatorMutateClusterRequest;
import org.pgrehearsal.cnpgi.operator.OperatorValidateClusterChangeRequest;
import org.pgrehearsal.cnpgi.operator.OperatorValidateClusterCreateRequest;
import org.pgrehearsal.cnpgi.operator.ValidationError;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksCapabilitiesRequest;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksGrpc;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksRequest;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksResult;
import org.pgrehearsal.plugin.config.Definitions;
import org.pgrehearsal.plugin.config.PluginName;
import org.pgrehearsal.plugin.identity.IdentityService;
import org.pgrehearsal.plugin.reconciler.ReconcilerService;
import org.pgrehearsal.plugin.rig.Calls;
import org.pgrehearsal.plugin.rig.Clusters;

/** The operator's calls, over a channel. */
class OperatorServiceTest {
    private static final Map<String, String> GOOD = Map.of(
            "s3-bucket",
            "b",
            "s3-endpoint",
            "s3.example.org",
            "s3-region",
            "r",
            "s3-repo-path",
            "/demo",
            "stanza",
            "demo");

    private Calls calls;
    private OperatorGrpc.OperatorBlockingStub operator;

    @BeforeEach
    void start() throws Exception {
        calls = new Calls(
                new OperatorService(PluginName.OWN, Definitions.NONE),
                new ReconcilerService(PluginName.OWN, Definitions.NONE, Optional.empty()),
                new IdentityService(PluginName.OWN, List.of(PluginCapability.Service.Type.TYPE_OPERATOR_SERVICE)));
        operator = OperatorGrpc.newBlockingStub(calls.channel());
    }

    @AfterEach
    void stop() {
        calls.close();
    }

    @Test
    void theIdentityIsTheName() {
        IdentityGrpc.IdentityBlockingStub identity = IdentityGrpc.newBlockingStub(calls.channel());

        assertThat(identity.getPluginMetadata(GetPluginMetadataRequest.getDefaultInstance())
                        .getName())
                .isEqualTo(PluginName.OWN);
        assertThat(identity.getPluginCapabilities(GetPluginCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesList())
                .extracting(one -> one.getService().getType())
                .containsExactly(PluginCapability.Service.Type.TYPE_OPERATOR_SERVICE);
        assertThat(identity.probe(ProbeRequest.getDefaultInstance()).getReady()).isTrue();
    }

    @Test
    void whatIsOfferedIsDeclared() {
        assertThat(operator.getCapabilities(OperatorCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesList())
                .extracting(one -> one.getRpc().getTypeValue())
                .as("no status, which would keep CloudNativePG 1.30 reconciling for ever")
                .containsExactly(1, 2, 3);
    }

    @Test
    void aGoodClusterIsAcceptedAndAWrongOneIsNot() {
        assertThat(validate(Clusters.named("demo").archiving(GOOD))).isEmpty();
        Clusters wrong = Clusters.named("demo").archiving(with(GOOD, "compress-type", "zip"));
        ((ObjectNode) wrong.object("/spec").withArrayProperty("plugins").get(0)).put("isWALArchiver", false);
        assertThat(validate(wrong))
                .extracting(one -> String.join(".", one.getPathComponentsList()), ValidationError::getMessage)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "spec.plugins.0.isWALArchiver",
                                "must be true: otherwise CloudNativePG lets WAL go while the sidecar is not there"),
                        org.assertj.core.groups.Tuple.tuple(
                                "spec.plugins.0.parameters.compress-type", "must be one of gz, bz2, lz4, zst, none"));
    }

    @Test
    void twoOfOurNamesInOneClusterAreRefused() {
        assertThat(validate(Clusters.named("demo").archiving(GOOD).archiving("pgbackrest.dalibo.com", GOOD)))
                .singleElement()
                .satisfies(one -> assertThat(one.getMessage()).contains("keep one entry"));
    }

    @Test
    void encryptionOfARepositoryThatExistsDoesNotChange() {
        Map<String, String> encrypted = with(GOOD, "cipher-type", "aes-256-cbc");
        assertThat(change(GOOD, encrypted)).singleElement().satisfies(one -> {
            assertThat(one.getPathComponentsList()).endsWith("repo1-cipher-type");
            assertThat(one.getMessage()).contains("another path");
        });
        Map<String, String> elsewhere = with(encrypted, "s3-repo-path", "/new");
        assertThat(change(GOOD, elsewhere)).isEmpty();
    }

    @Test
    void backupsGoToThePrimaryUnlessTheUserSaidOtherwise() {
        assertThat(mutate(Clusters.named("demo").archiving(GOOD)))
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/spec/backup\",\"value\":{\"target\":\"primary\"}}]");
        Clusters kept = Clusters.named("demo").archiving(GOOD);
        kept.object("/spec/backup").put("target", "prefer-standby");
        assertThat(mutate(kept)).isEmpty();
        assertThat(mutate(Clusters.named("demo").archiving("pgbackrest.dalibo.com", GOOD)))
                .isEmpty();
    }

    @Test
    void aWrongClusterGetsNoPod() {
        ReconcilerHooksGrpc.ReconcilerHooksBlockingStub hooks = ReconcilerHooksGrpc.newBlockingStub(calls.channel());
        ReconcilerHooksRequest good = ReconcilerHooksRequest.newBuilder()
                .setClusterDefinition(Clusters.named("demo").archiving(GOOD).bytes())
                .build();
        ReconcilerHooksRequest wrong = ReconcilerHooksRequest.newBuilder()
                .setClusterDefinition(Clusters.named("demo").archiving(Map.of()).bytes())
                .build();

        assertThat(hooks.pre(good).getBehavior()).isEqualTo(ReconcilerHooksResult.Behavior.BEHAVIOR_CONTINUE);
        assertThat(hooks.post(good).getBehavior()).isEqualTo(ReconcilerHooksResult.Behavior.BEHAVIOR_CONTINUE);
        assertThat(hooks.getCapabilities(ReconcilerHooksCapabilitiesRequest.getDefaultInstance())
                        .getReconcilerCapabilitiesList())
                .hasSize(1);
        Status refusal = Calls.refusal(() -> hooks.pre(wrong));
        assertThat(refusal.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal.getDescription())
                .contains("Cluster demo: spec.plugins.0.parameters.repo1-s3-bucket: is required");
    }

    private List<ValidationError> validate(Clusters cluster) {
        return operator.validateClusterCreate(OperatorValidateClusterCreateRequest.newBuilder()
                        .setDefinition(cluster.bytes())
                        .build())
                .getValidationErrorsList();
    }

    private List<ValidationError> change(Map<String, String> before, Map<String, String> after) {
        return operator.validateClusterChange(OperatorValidateClusterChangeRequest.newBuilder()
                        .setOldCluster(Clusters.named("demo").archiving(before).bytes())
                        .setNewCluster(Clusters.named("demo").archiving(after).bytes())
                        .build())
                .getValidationErrorsList();
    }

    private String mutate(Clusters cluster) {
        return operator.mutateCluster(OperatorMutateClusterRequest.newBuilder()
                        .setDefinition(cluster.bytes())
                        .build())
                .getJsonPatch()
                .toStringUtf8();
    }

    private static Map<String, String> with(Map<String, String> map, String name, String value) {
        Map<String, String> more = new HashMap<>(map);
        more.put(name, value);
        return more;
    }
}
