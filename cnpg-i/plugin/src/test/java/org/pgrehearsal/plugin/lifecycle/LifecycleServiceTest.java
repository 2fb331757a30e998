package org.pgrehearsal.plugin.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.cnpgi.operatorlifecycle.OperatorLifecycleCapabilitiesRequest;
import org.pgrehearsal.cnpgi.operatorlifecycle.OperatorLifecycleGrpc;
import org.pgrehearsal.cnpgi.operatorlifecycle.OperatorLifecycleRequest;
import org.pgrehearsal.cnpgi.operatorlifecycle.OperatorOperationType;
import org.pgrehearsal.plugin.archive.ApiDefinitions;
import org.pgrehearsal.plugin.config.Definition;
import org.pgrehearsal.plugin.config.PluginName;
import org.pgrehearsal.plugin.rig.ArchiveObjects;
import org.pgrehearsal.plugin.rig.Calls;
import org.pgrehearsal.plugin.rig.Clusters;
import org.pgrehearsal.plugin.rig.FakeApi;

/** The patches of a pod and of a recovery job, against files that were read by eye, and applied. */
class LifecycleServiceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> STORE = Map.of(
            "s3-bucket",
            "b",
            "s3-endpoint",
            "s3.example.org",
            "s3-region",
            "r",
            "s3-repo-path",
            "/demo",
            "ca-secret",
            "store-ca",
            "sidecar-memory-limit",
            "128Mi",
            "sidecar-cpu-request",
            "50m");

    private Calls calls;
    private OperatorLifecycleGrpc.OperatorLifecycleBlockingStub lifecycle;

    @BeforeEach
    void start() throws IOException {
        calls = new Calls(
                new LifecycleService(PluginName.OWN, "registry.example.org/sidecar:1", LifecycleServiceTest::archive));
        lifecycle = OperatorLifecycleGrpc.newBlockingStub(calls.channel());
    }

    @AfterEach
    void stop() {
        calls.close();
    }

    @Test
    void anInstanceGetsTheSidecar() throws IOException {
        Clusters cluster = Clusters.named("demo").archiving(STORE);
        JsonNode pod = resource("pod.json");

        JsonNode patch = patch(cluster, pod);

        assertThat(patch.toPrettyString()).isEqualTo(resource("pod.patch.json").toPrettyString());
        JsonNode patched = apply(pod, patch);
        assertThat(patched.at("/spec/initContainers/1/name").asText()).isEqualTo("plugin-pgbackrest");
        assertThat(patched.at("/spec/containers/0/volumeMounts/4/mountPath").asText())
                .isEqualTo("/plugins");
        assertThat(patch(cluster, patched).isEmpty()).as("a second patch").isTrue();
    }

    @Test
    void aRecoveryJobGetsItToo() throws IOException {
        Clusters cluster = Clusters.named("fresh").recoveringFrom("demo", STORE);
        JsonNode job = resource("job.json");

        JsonNode patch = patch(cluster, job);

        assertThat(patch.toPrettyString()).isEqualTo(resource("job.patch.json").toPrettyString());
        JsonNode patched = apply(job, patch);
        assertThat(patched.at("/spec/template/spec/initContainers/0/args/0").asText())
                .isEqualTo("restore");
        assertThat(patched.at("/spec/template/spec/containers/0/volumeMounts").findValuesAsText("mountPath"))
                .contains("/plugins", "/pgbackrest");
        assertThat(patch(cluster, patched).isEmpty()).as("a second patch").isTrue();
    }

    @Test
    void anArchiveSaysHowTheSidecarRuns() throws IOException {
        Clusters cluster = Clusters.named("demo").archiving(Map.of("archive", "store"));
        JsonNode pod = resource("pod.json");

        JsonNode patch = patch(cluster, pod);

        assertThat(patch.toPrettyString())
                .isEqualTo(resource("pod-archive.patch.json").toPrettyString());
        assertThat(patch(cluster, apply(pod, patch)).isEmpty())
                .as("a second patch")
                .isTrue();
    }

    @Test
    void parametersBesideAnArchiveAreRefused() throws IOException {
        JsonNode pod = resource("pod.json");
        Status refusal = Calls.refusal(
                () -> patch(Clusters.named("demo").archiving(Map.of("archive", "store", "s3-bucket", "b")), pod));

        assertThat(refusal.getDescription()).contains("parameter s3-bucket: stands beside archive");
    }

    private static Definition archive(String namespace, String name) {
        assertThat(namespace + "/" + name).isEqualTo("databases/store");
        try (FakeApi kubernetes = new FakeApi()) {
            kubernetes.put(ArchiveObjects.path(name), ArchiveObjects.named(name));
            return new ApiDefinitions(kubernetes.api()).archive(namespace, name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNotOursIsLeftAlone() throws IOException {
        assertThat(patch(Clusters.named("demo"), resource("pod.json")).isEmpty())
                .isTrue();
        assertThat(patch(Clusters.named("demo").archiving("pgbackrest.dalibo.com", STORE), resource("pod.json"))
                        .isEmpty())
                .as("another endpoint answers for the alias")
                .isTrue();
        ObjectNode initdb = (ObjectNode) resource("job.json");
        initdb.withObject("/metadata/labels").put("cnpg.io/jobRole", "initdb");
        assertThat(patch(Clusters.named("fresh").recoveringFrom("demo", STORE), initdb)
                        .isEmpty())
                .isTrue();
        assertThat(patch(Clusters.named("fresh").archiving(STORE), resource("job.json"))
                        .isEmpty())
                .as("a recovery from elsewhere")
                .isTrue();
    }

    @Test
    void wrongParametersAreRefused() throws IOException {
        JsonNode pod = resource("pod.json");
        Status refusal = Calls.refusal(() -> patch(Clusters.named("demo").archiving(Map.of()), pod));

        assertThat(refusal.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal.getDescription()).contains("repo1-s3-bucket");
    }

    @Test
    void whatIsOfferedIsDeclared() {
        assertThat(lifecycle
                        .getCapabilities(OperatorLifecycleCapabilitiesRequest.getDefaultInstance())
                        .getLifecycleCapabilitiesList())
                .extracting(one -> one.getGroup() + "/" + one.getKind() + " " + one.getOperationTypesCount())
                .containsExactly("/Pod 2", "batch/Job 1");
    }

    private JsonNode patch(Clusters cluster, JsonNode object) {
        ByteString patch = lifecycle
                .lifecycleHook(OperatorLifecycleRequest.newBuilder()
                        .setOperationType(
                                OperatorOperationType.newBuilder().setType(OperatorOperationType.Type.TYPE_EVALUATE))
                        .setClusterDefinition(cluster.bytes())
                        .setObjectDefinition(ByteString.copyFromUtf8(object.toString()))
                        .build())
                .getJsonPatch();
        try {
            return patch.isEmpty() ? JSON.createArrayNode() : JSON.readTree(patch.newInput());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** RFC 6902, as far as we use it. */
    private static JsonNode apply(JsonNode object, JsonNode patch) {
        JsonNode copy = object.deepCopy();
        for (JsonNode operation : patch) {
            String path = operation.path("path").asText();
            int slash = path.lastIndexOf('/');
            JsonNode parent = copy.at(path.substring(0, slash));
            String last = path.substring(slash + 1);
            JsonNode value = operation.path("value").deepCopy();
            switch (parent) {
                case ArrayNode array when last.equals("-") -> array.add(value);
                case ArrayNode array -> array.set(Integer.parseInt(last), value);
                case ObjectNode fields -> fields.set(last, value);
                default -> throw new AssertionError("nothing at " + path);
            }
        }
        return copy;
    }

    private static JsonNode resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(LifecycleServiceTest.class.getResourceAsStream(name), name)) {
            return JSON.readTree(in);
        }
    }
}
