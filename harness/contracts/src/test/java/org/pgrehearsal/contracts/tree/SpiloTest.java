package org.pgrehearsal.contracts.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.contracts.tree.Spilo.Source;

class SpiloTest {
    private static final String SHARED = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: env, namespace: operator}
            data:
              WALG_S3_PREFIX: s3://b/$(POD_NAMESPACE)/$(SCOPE)/$(PGVERSION)
              BACKUP_SCHEDULE: 0 3 * * *
              aws_region: from the ConfigMap
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: keys, namespace: databases}
            stringData: {AWS_REGION: from the Secret, AWS_ACCESS_KEY_ID: x}
            ---
            apiVersion: acid.zalan.do/v1
            kind: OperatorConfiguration
            metadata: {name: configuration, namespace: operator}
            configuration:
              kubernetes: {pod_environment_configmap: operator/env, pod_environment_secret: keys}
              aws_or_gcp: {wal_s3_bucket: bucket}
            ---
            """;

    private static Spilo of(String spec) throws Yaml.Malformed {
        List<Manifest> objects = new ArrayList<>();
        String cluster = """
                apiVersion: acid.zalan.do/v1
                kind: postgresql
                metadata: {name: ledger, namespace: databases}
                spec:
                  postgresql: {version: "17"}
                """;
        for (JsonNode document : Yaml.documents(SHARED + cluster + spec.indent(2))) {
            objects.add(new Manifest((ObjectNode) document, new Origin("file", "test")));
        }
        Rendering rendering =
                new Rendering("cluster", Rendering.Kind.CLUSTER, objects, List.of(), List.of(), "", Map.of());
        return Spilo.of(rendering, Spilo.Operator.of(rendering), objects.getLast());
    }

    @Test
    void theFirstOfANameWinsWhateverItsCase() throws Exception {
        Spilo spilo = of("");
        assertThat(spilo.get("AWS_REGION").orElseThrow().source()).isEqualTo(Source.SECRET);
        assertThat(spilo.get("aws_region")).isEmpty();
        assertThat(spilo.get("WAL_S3_BUCKET").orElseThrow().source()).isEqualTo(Source.OPERATOR_CONFIGURATION);
    }

    @Test
    void theClustersOwnEnvironmentBeatsWhatIsShared() throws Exception {
        Spilo spilo = of("env: [{name: BACKUP_SCHEDULE, value: 5 4 * * *}, {name: WALG_S3_PREFIX, value: \"\"}]");
        assertThat(spilo.value("BACKUP_SCHEDULE")).isEqualTo("5 4 * * *");
        assertThat(spilo.value("WALG_S3_PREFIX")).isEmpty();
    }

    @Test
    void theOperatorBeatsTheCluster() throws Exception {
        Spilo spilo = of("env: [{name: SCOPE, value: other}]");
        assertThat(spilo.value("SCOPE")).isEqualTo("ledger");
    }

    @Test
    void whatCloneAddsIsThereTwice() throws Exception {
        Spilo spilo = of("""
                env: [{name: CLONE_SCOPE, value: mine}]
                clone: {cluster: theirs, timestamp: "2026-11-21T10:00:00+00:00"}
                """);
        assertThat(spilo.variables().stream().filter(variable -> variable.name().equals("CLONE_SCOPE")))
                .extracting(Spilo.Variable::source)
                .containsExactly(Source.SPEC_ENV, Source.CLONE);
        assertThat(spilo.value("CLONE_SCOPE")).isEqualTo("theirs");
    }

    @Test
    void aReferenceIsExpandedByWhatStandsBeforeIt() throws Exception {
        assertThat(of("").archive()).isEqualTo("s3://b/databases/ledger/17");
        Spilo spilo = of("env: [{name: EARLY, value: $(LATE)-$(SCOPE)-$$(SCOPE)}, {name: LATE, value: x}]");
        Spilo.Variable early = spilo.get("EARLY").orElseThrow();
        assertThat(spilo.expanded(early)).isEqualTo("$(LATE)-ledger-$(SCOPE)");
        assertThat(spilo.unresolved(early)).containsExactly("LATE");
    }

    @Test
    void withoutAPrefixTheBucketOfTheOperatorIsTheArchive() throws Exception {
        assertThat(of("env: [{name: WALG_S3_PREFIX, value: \"\"}]").archive())
                .isEqualTo("s3://bucket/spilo/ledger/<uid of postgresql databases/ledger>/wal/17");
    }

    @Test
    void bothBlankIsNoBackup() throws Exception {
        assertThat(of("env: [{name: WALG_S3_PREFIX, value: \"\"}, {name: WAL_S3_BUCKET, value: \"\"}]")
                        .archive())
                .isEmpty();
    }
}
