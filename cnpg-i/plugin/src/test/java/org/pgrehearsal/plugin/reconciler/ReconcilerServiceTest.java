package org.pgrehearsal.plugin.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.Status;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksGrpc;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksRequest;
import org.pgrehearsal.cnpgi.reconciler.ReconcilerHooksResult;
import org.pgrehearsal.plugin.archive.ApiDefinitions;
import org.pgrehearsal.plugin.config.PluginName;
import org.pgrehearsal.plugin.kubernetes.Kind;
import org.pgrehearsal.plugin.rig.ArchiveObjects;
import org.pgrehearsal.plugin.rig.Calls;
import org.pgrehearsal.plugin.rig.Clusters;
import org.pgrehearsal.plugin.rig.FakeApi;

/** What is there before the first pod of a Cluster. */
class ReconcilerServiceTest {
    private static final Kind CLUSTERS = new Kind("postgresql.cnpg.io", "v1", "clusters");
    private static final String SCHEDULES = new Kind("postgresql.cnpg.io", "v1", "scheduledbackups").in("databases");

    private FakeApi kubernetes;
    private Calls calls;

    @BeforeEach
    void start() throws Exception {
        kubernetes = new FakeApi();
        kubernetes.put(ArchiveObjects.path("store"), ArchiveObjects.named("store"));
        calls = new Calls(new ReconcilerService(
                PluginName.OWN, new ApiDefinitions(kubernetes.api()), Optional.of(kubernetes.api())));
    }

    @AfterEach
    void stop() {
        calls.close();
        kubernetes.close();
    }

    @Test
    void aSidecarMayDoWhatItHasToAndNoMore() {
        pre(cluster("demo"));

        JsonNode role = kubernetes.at(Kind.ROLE.named("databases", "demo-pgbackrest"));
        assertThat(role.at("/metadata/ownerReferences/0/uid").asText()).isEqualTo("uid-of-demo");
        assertThat(role.path("rules"))
                .extracting(rule -> rule.path("resources").path(0).asText() + " " + rule.path("verbs") + " "
                        + rule.path("resourceNames"))
                .containsExactly(
                        "clusters [\"get\"] [\"demo\"]",
                        "backups [\"get\",\"list\",\"delete\"] ",
                        "events [\"create\"] ",
                        "archives [\"get\"] [\"store\"]",
                        "archives/status [\"patch\"] [\"store\"]");
        JsonNode binding = kubernetes.at(Kind.ROLE_BINDING.named("databases", "demo-pgbackrest"));
        assertThat(binding.at("/subjects/0/name").asText()).isEqualTo("demo");
        assertThat(binding.at("/roleRef/name").asText()).isEqualTo("demo-pgbackrest");
    }

    @Test
    void schedulesOfTheArchiveAreScheduledBackupsAndGoWithIt() {
        pre(cluster("demo"));

        assertThat(kubernetes.below(SCHEDULES))
                .extracting(one -> one.at("/metadata/name").asText() + " "
                        + one.at("/spec/schedule").asText() + " "
                        + one.at("/spec/pluginConfiguration/parameters") + " "
                        + one.at("/spec/immediate"))
                .containsExactly(
                        "demo-repo1-full 0 0 1 * * 0 {\"repo\":\"1\",\"type\":\"full\"} true",
                        "demo-repo1-incr 0 0 1 * * 1-6 {\"repo\":\"1\",\"type\":\"incr\"} false");

        ObjectNode fewer = ArchiveObjects.named("store");
        fewer.withObject("/spec/repositories/0/schedules").remove("incr");
        kubernetes.put(ArchiveObjects.path("store"), fewer);
        pre(cluster("demo"));

        assertThat(kubernetes.below(SCHEDULES))
                .extracting(one -> one.at("/metadata/name").asText())
                .containsExactly("demo-repo1-full");
    }

    @Test
    void schedulesFollowAnArchiveThatChangesWhileNobodyReconcilesItsCluster() {
        ObjectNode object = cluster("demo").object("");
        object.put("apiVersion", "postgresql.cnpg.io/v1");
        kubernetes.put(CLUSTERS.named("databases", "demo"), object);
        pre(cluster("demo"));
        ObjectNode changed = ((ObjectNode) kubernetes.at(ArchiveObjects.path("store"))).deepCopy();
        changed.withObject("/spec/repositories/0/schedules")
                .put("full", "0 30 4 * * 0")
                .remove("incr");

        new Schedules(kubernetes.api()).follow(changed, CLUSTERS);

        assertThat(kubernetes.below(SCHEDULES))
                .extracting(one -> one.at("/metadata/name").asText() + " "
                        + one.at("/spec/schedule").asText())
                .containsExactly("demo-repo1-full 0 30 4 * * 0");
    }

    @Test
    void anArchiveThatNobodyWritesHasNoSchedules() {
        kubernetes.changes().clear();

        new Schedules(kubernetes.api()).follow(ArchiveObjects.named("store"), CLUSTERS);

        assertThat(kubernetes.changes()).isEmpty();
    }

    @Test
    void twoClustersDoNotWriteOneArchive() {
        kubernetes.put(CLUSTERS.named("databases", "demo"), cluster("demo").object(""));
        pre(cluster("demo"));

        Status refusal = Calls.refusal(() -> pre(cluster("other")));

        assertThat(refusal.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(refusal.getDescription())
                .contains("Archive store is written by Cluster demo")
                .contains("give other an Archive of its own");
        assertThat(writer()).isEqualTo("demo");
    }

    @Test
    void whatAClusterLeavesBehindAnotherMayTake() {
        pre(cluster("demo"));

        pre(cluster("other"));

        assertThat(writer()).isEqualTo("other");
    }

    @Test
    void anArchiveThatIsNotThereIsSaidInThePhase() {
        Clusters cluster = Clusters.named("demo").archiving(Map.of("archive", "stor"));

        Status refusal = Calls.refusal(() -> pre(cluster));

        assertThat(refusal.getDescription())
                .contains("spec.plugins.0.parameters.archive")
                .contains("there is no Archive databases/stor: create it");
        assertThat(kubernetes.changes()).isEmpty();
    }

    @Test
    void anotherNameOfThePluginAnswersForItself() {
        pre(Clusters.named("demo").archiving(PluginName.ALIASES.getFirst(), Map.of("archive", "store")));

        assertThat(kubernetes.changes()).isEmpty();
    }

    private String writer() {
        return kubernetes
                .at(ArchiveObjects.path("store"))
                .at("/status/writer/cluster")
                .asText();
    }

    private static Clusters cluster(String name) {
        return Clusters.named(name).archiving(Map.of("archive", "store"));
    }

    private ReconcilerHooksResult pre(Clusters cluster) {
        return ReconcilerHooksGrpc.newBlockingStub(calls.channel())
                .pre(ReconcilerHooksRequest.newBuilder()
                        .setClusterDefinition(cluster.bytes())
                        .setResourceDefinition(cluster.bytes())
                        .build());
    }
}
