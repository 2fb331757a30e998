package org.pgrehearsal.evidence;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.pgrehearsal.verdict.Verdict;

/**
 * {@code report.json}: everything that a report shows, for machines. Its form is published as {@code docs/techdocs/docs/reference/report.schema.json}.
 * Times are ISO 8601 in UTC, durations are seconds with a fraction, positions in the log are text of the form {@code 0/3000028}.
 */
public final class ReportJson {
    /** The form's number; it changes when an older reader would misread a newer report. */
    public static final int FORMAT = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(Duration.class, new JsonValues.SecondsWriter()))
            .addMixIn(Verdict.class, VerdictForm.class)
            .addMixIn(DrillRecord.Mark.class, MarkForm.class)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private ReportJson() {}

    /** The run as JSON text, indented. */
    public static String render(RunRecord run) {
        ObjectNode report = MAPPER.createObjectNode().put("format", FORMAT);
        report.setAll((ObjectNode) MAPPER.valueToTree(run));
        try {
            return MAPPER.writeValueAsString(report) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run cannot be written as JSON", e);
        }
    }

    /**
     * Reads a run back.
     *
     * @param file a {@code report.json}
     * @throws EvidenceException if it is missing, or is not a report of a form that is known here
     */
    public static RunRecord read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new EvidenceException(file + " does not exist: the run did not come to its end", e);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new EvidenceException(file + " is not a report of this tool: " + Printable.line(first), e);
        } catch (IOException e) {
            throw EvidenceException.of("read", file, e);
        }
    }

    static RunRecord parse(String json) throws JsonProcessingException {
        JsonNode report = MAPPER.readTree(json);
        if (!(report instanceof ObjectNode fields)) {
            throw new IllegalArgumentException("not a JSON object");
        }
        int format = fields.path("format").asInt(0);
        if (format != FORMAT) {
            throw new IllegalArgumentException("its format is " + format + ", this tool reads " + FORMAT);
        }
        return MAPPER.treeToValue(fields.without("format"), RunRecord.class);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Verdict.Proved.class, name = "PROVED"),
        @JsonSubTypes.Type(value = Verdict.Refuted.class, name = "REFUTED"),
        @JsonSubTypes.Type(value = Verdict.Inconclusive.class, name = "INCONCLUSIVE"),
    })
    private interface VerdictForm {}

    interface MarkForm {
        @JsonSerialize(using = JsonValues.PositionWriter.class)
        @JsonDeserialize(using = JsonValues.PositionReader.class)
        long from();

        @JsonSerialize(using = JsonValues.PositionWriter.class)
        @JsonDeserialize(using = JsonValues.PositionReader.class)
        long to();
    }
}
