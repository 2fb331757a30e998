package org.pgrehearsal.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgrehearsal.verdict.Anomaly;

class ReportJsonTest {
    /** Surefire runs in the module's own directory. */
    private static final Path PUBLISHED = Path.of("../../docs/techdocs/docs/reference/report.schema.json");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(PUBLISHED), InputFormat.JSON);

    @TempDir
    private Path folder;

    ReportJsonTest() throws IOException {}

    static Stream<RunRecord> runs() {
        return Stream.of(SampleRuns.proved(), SampleRuns.mixed(), SampleRuns.hostile(), SampleRuns.nothing());
    }

    @ParameterizedTest
    @MethodSource("runs")
    void readsBackWhatItWrote(RunRecord run) throws IOException {
        Path file = Files.writeString(folder.resolve("report.json"), ReportJson.render(run));

        assertThat(ReportJson.read(file)).isEqualTo(run);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void hasThePublishedForm(RunRecord run) {
        assertThat(schema.validate(ReportJson.render(run), InputFormat.JSON)).isEmpty();
    }

    @Test
    void writesTimesDurationsAndPositionsForReaders() throws IOException {
        JsonNode report = new ObjectMapper().readTree(ReportJson.render(SampleRuns.proved()));
        JsonNode drill = report.at("/drills/1");

        assertThat(report.at("/started").asText()).isEqualTo("2026-11-21T10:56:12.345678Z");
        assertThat(report.at("/elapsed").toString()).isEqualTo("78.412");
        assertThat(drill.at("/rto").toString()).isEqualTo("2.913");
        assertThat(drill.at("/phases/0/from").toString()).isEqualTo("0");
        assertThat(drill.at("/verdict/kind").asText()).isEqualTo("PROVED");
        assertThat(drill.at("/picture/2/from").asText()).isEqualTo("0/7800028");
    }

    @Test
    void theSchemaRefusesWhatIsWrong() {
        refused(report -> report.remove("seed"), "seed");
        refused(report -> report.put("elapsed", "PT3S"), "elapsed");
        refused(report -> report.put("verdict", "fine"), "verdict");
        refused(
                report -> ((ObjectNode) report.at("/drills/0"))
                        .putObject("verdict")
                        .put("kind", "PASSED"),
                "kind");
        refused(
                report -> ((ObjectNode) report.at("/drills/0"))
                        .putObject("verdict")
                        .put("kind", "REFUTED"),
                "findings");
        refused(report -> ((ObjectNode) report.at("/drills/0/picture/0")).put("from", 50331688), "from");
    }

    private void refused(Consumer<ObjectNode> damage, String named) {
        try {
            ObjectNode report = (ObjectNode) new ObjectMapper().readTree(ReportJson.render(SampleRuns.mixed()));
            damage.accept(report);
            assertThat(schema.validate(report))
                    .isNotEmpty()
                    .anySatisfy(error -> assertThat(error.toString()).contains(named));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theSchemaKnowsEveryAnomaly() throws IOException {
        JsonNode names = new ObjectMapper().readTree(PUBLISHED.toFile()).at("/$defs/finding/properties/anomaly/enum");

        assertThat(names)
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(
                        Stream.of(Anomaly.values()).map(Enum::name).toList());
    }

    @Test
    void describesEveryField() throws IOException {
        JsonNode published = new ObjectMapper().readTree(PUBLISHED.toFile());
        assertThat(published.findValues("properties"))
                .isNotEmpty()
                .allSatisfy(properties -> properties
                        .properties()
                        .forEach(field -> assertThat(field.getValue().has("description")
                                        || field.getValue().has("$ref")
                                        || field.getKey().equals("kind"))
                                .as(field.getKey())
                                .isTrue()));
    }

    @Test
    void saysInOneLineWhatCannotBeRead() throws IOException {
        Path none = folder.resolve("none.json");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\n\"format\": 1,\n\"id\": ");
        Path newer = Files.writeString(folder.resolve("newer.json"), "{\"format\": 2}");
        Path partial = Files.writeString(folder.resolve("partial.json"), "{\"format\": 1, \"id\": \"x\"}");

        assertUnreadable(none, "did not come to its end");
        assertUnreadable(broken, "not a report");
        assertUnreadable(newer, "its format is 2, this tool reads 1");
        assertUnreadable(partial, "started");
        assertUnreadable(folder, "cannot read");
    }

    private static void assertUnreadable(Path file, String reason) {
        assertThatThrownBy(() -> ReportJson.read(file))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason)
                .message()
                .hasLineCount(1);
    }

    @Test
    void keepsNanoseconds() throws IOException {
        RunRecord run = SampleRuns.proved();
        RunRecord fine = new RunRecord(
                run.id(),
                run.started().plusNanos(1),
                Duration.ofNanos(1_000_000_001),
                run.seed(),
                run.command(),
                run.platform(),
                run.store(),
                run.versions(),
                run.drills(),
                run.notApplicable(),
                run.notTested(),
                0);

        assertThat(ReportJson.parse(ReportJson.render(fine))).isEqualTo(fine);
    }
}
