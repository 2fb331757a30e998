package org.pgrehearsal.contracts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.contracts.tool.Toolbox;
import org.pgrehearsal.contracts.tree.Charts;
import org.pgrehearsal.contracts.tree.Helm;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.Origin;
import org.pgrehearsal.contracts.tree.Rendering;
import org.pgrehearsal.contracts.tree.Repository;
import org.pgrehearsal.contracts.tree.World;

class RestrictedRuleTest {
    private static final String GOOD = """
            automountServiceAccountToken: false
            securityContext: {runAsNonRoot: true, runAsUser: 26, seccompProfile: {type: RuntimeDefault}}
            containers:
              - name: main
                securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                resources: {requests: {cpu: 1m, memory: 1Mi}, limits: {memory: 1Mi}}
            """;

    private static Report judge(String kind, String at, String pod) throws Yaml.Malformed {
        try (Toolbox tools = Toolbox.open()) {
            ObjectNode object = Yaml.JSON.createObjectNode();
            object.put("apiVersion", "apps/v1")
                    .put("kind", kind)
                    .putObject("metadata")
                    .put("name", "x");
            object.withObject(at).setAll(Yaml.mapping(pod));
            Rendering rendering = new Rendering(
                    "cluster",
                    Rendering.Kind.CLUSTER,
                    List.of(new Manifest(object, new Origin("file", "test"))),
                    List.of(),
                    List.of(),
                    "",
                    Map.of());
            Repository none = new Repository(Path.of("."), List.of());
            return new RestrictedRule()
                    .report(new World(none, List.of(rendering), new Charts(none, new Helm(tools, none.root())), tools));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Pod, /spec",
        "Deployment, /spec/template/spec",
        "ReplicaSet, /spec/template/spec",
        "StatefulSet, /spec/template/spec",
        "DaemonSet, /spec/template/spec",
        "Job, /spec/template/spec",
        "CronJob, /spec/jobTemplate/spec/template/spec",
    })
    void findsThePodsOfEveryKind(String kind, String at) throws Exception {
        assertThat(judge(kind, at, GOOD).findings()).isEmpty();
        assertThat(judge(kind, at, GOOD).count()).isOne();
        assertThat(judge(kind, at, GOOD.replace("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"))
                        .findings())
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .contains("readOnlyRootFilesystem");
    }

    @Test
    void aContainerMaySayWhatThePodDoesNot() throws Exception {
        String own = GOOD.replaceFirst("securityContext: .*\n", "")
                .replace(
                        "securityContext: {",
                        "securityContext: {runAsNonRoot: true, runAsUser: 26, seccompProfile: {type: RuntimeDefault}, ");
        assertThat(judge("Pod", "/spec", own).findings()).isEmpty();
    }

    @Test
    void aContainerMayNotUndoWhatThePodSays() throws Exception {
        String undone =
                GOOD.replace("    securityContext: {", "    securityContext: {runAsNonRoot: false, runAsUser: 0, ");
        assertThat(judge("Pod", "/spec", undone).findings()).hasSize(2);
    }

    @Test
    void aPodThatSaysNothingIsRefusedForEverything() throws Exception {
        assertThat(judge("Pod", "/spec", "containers: [{name: main}]").findings())
                .hasSize(8);
    }
}
