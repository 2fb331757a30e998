package org.pgrehearsal.plugin.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.Definition;
import org.pgrehearsal.plugin.kubernetes.Conditions;
import org.pgrehearsal.plugin.kubernetes.Events;
import org.pgrehearsal.plugin.kubernetes.Kind;
import org.pgrehearsal.plugin.rig.ArchiveObjects;
import org.pgrehearsal.plugin.rig.FakeApi;

/** From an Archive to a pod, and what its status says. */
class ArchiveControllerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final String MAP = Kind.CONFIG_MAP.named("databases", "pgbackrest-archive-demo");

    private FakeApi kubernetes;
    private ArchiveController controller;
    private final List<JsonNode> valid = new ArrayList<>();
    private final ObjectNode archive = ArchiveObjects.named("demo");

    @BeforeEach
    void start() throws Exception {
        kubernetes = new FakeApi();
        kubernetes.put(ArchiveObjects.path("demo"), archive);
        controller =
                new ArchiveController(kubernetes.api(), new Events(kubernetes.api(), "test", CLOCK), CLOCK, valid::add);
    }

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @Test
    void aValidOneGetsIntoPodsAsParameters(@TempDir Path pod) throws Exception {
        controller.reconcile(archive);

        assertThat(valid).containsExactly(archive);
        JsonNode map = kubernetes.at(MAP);
        assertThat(map.at("/metadata/ownerReferences/0/uid").asText()).isEqualTo("uid-of-archive-demo");
        Path mounted = Files.createDirectory(pod.resolve("demo"));
        Files.writeString(
                mounted.resolve("parameters.json"),
                map.at("/data/parameters.json").asText());
        Map<String, String> parameters =
                new MountedDefinitions(pod).archive("databases", "demo").parameters();
        assertThat(parameters)
                .containsEntry("repo1-type", "s3")
                .containsEntry("repo1-s3-endpoint", "s3.example.org:9000")
                .containsEntry("repo1-retention-full", "2")
                .containsEntry("repo2-type", "azure")
                .containsEntry("repo2-credentials", "environment")
                .containsEntry("repo2-block", "y")
                .containsEntry("compress-level", "6");
        Definition beside = new ApiDefinitions(kubernetes.api()).archive("databases", "demo");
        assertThat(beside.parameters()).as("the same beside the operator").isEqualTo(parameters);
        JsonNode ready = Conditions.find(kubernetes.at(ArchiveObjects.path("demo")), "Ready");
        assertThat(ready.path("status").asText()).isEqualTo("True");
        assertThat(ready.path("message").asText()).isEqualTo("stanza demo in 2 repositories");
        assertThat(ready.path("lastTransitionTime").asText()).isEqualTo("2026-11-21T12:00:00Z");
    }

    @Test
    void whatIsSaidAlreadyIsNotSaidAgain() {
        controller.reconcile(archive);
        kubernetes.changes().clear();

        controller.reconcile(kubernetes.at(ArchiveObjects.path("demo")));

        assertThat(kubernetes.changes()).containsExactly("PATCH " + MAP);
    }

    @Test
    void anInvalidOneSaysWhichFieldAndChangesNoPod() {
        archive.withObject("/spec/repositories/0").put("path", "/a/../b");
        archive.withObject("/spec/repositories/0/s3").remove("bucket");

        controller.reconcile(archive);

        assertThat(valid).isEmpty();
        assertThat(kubernetes.at(MAP).isMissingNode()).isTrue();
        JsonNode ready = Conditions.find(kubernetes.at(ArchiveObjects.path("demo")), "Ready");
        assertThat(ready.path("status").asText()).isEqualTo("False");
        assertThat(ready.path("message").asText())
                .contains("spec.repositories[0].path: must be an absolute path")
                .contains("spec.repositories[0].s3.bucket: is required");
        assertThat(kubernetes.below(Kind.EVENT.in("databases")))
                .singleElement()
                .satisfies(event -> assertThat(event.path("reason").asText()).isEqualTo("InvalidArchive"));
    }

    @Test
    void oneThatIsNotThereIsNamedWithTheRemedy(@TempDir Path pod) {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        Refusal.class, () -> new ApiDefinitions(kubernetes.api()).archive("databases", "dem")))
                .hasMessageContaining("there is no Archive databases/dem: create it");
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        Refusal.class, () -> new MountedDefinitions(pod).archive("databases", "demo")))
                .hasMessageContaining("ConfigMap pgbackrest-archive-demo");
    }

    @Test
    void conditionsKeepTheirTimeWhileTheyHold() throws Exception {
        JsonNode object = new ObjectMapper().readTree("""
                {"metadata": {"generation": 2}, "status": {"conditions": [
                  {"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
                """);

        ObjectNode patch = new Conditions(object, CLOCK)
                .add("Ready", true, "Valid", "still")
                .add("Whole", false, "Gaps", "now")
                .patch();

        assertThat(patch.at("/status/conditions/0/lastTransitionTime").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(patch.at("/status/conditions/1/lastTransitionTime").asText()).isEqualTo("2026-11-21T12:00:00Z");
    }
}
