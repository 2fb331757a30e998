package org.pgrehearsal.plugin.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.plugin.config.SchemaFacts;
import org.yaml.snakeyaml.Yaml;

/** The CustomResourceDefinition in the tree against the code that reads what it lets in. */
class DefinitionOfTheKindTest {
    private static final Path FILE = Path.of("../../kubernetes/apps/cnpg-system/plugin-pgbackrest/app/crd.yaml");
    /** What no parameter says: read by the operator's side itself. */
    private static final Set<String> STRUCTURED = Set.of("schedules", "sidecar");

    private static JsonNode definition = new ObjectMapper().missingNode();

    @BeforeAll
    static void read() throws Exception {
        definition = new ObjectMapper().valueToTree(new Yaml().<Object>load(Files.readString(FILE)));
    }

    private static JsonNode spec() {
        return definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
    }

    @Test
    void itIsTheKindThatIsAskedFor() {
        assertThat(definition.at("/spec/group").asText()).isEqualTo(ArchiveObject.KIND.group());
        assertThat(definition.at("/spec/versions/0/name").asText()).isEqualTo(ArchiveObject.KIND.version());
        assertThat(definition.at("/spec/names/plural").asText()).isEqualTo(ArchiveObject.KIND.plural());
    }

    @Test
    void everyFieldIsRead() {
        assertThat(leaves(spec(), "", "repositories"))
                .containsExactlyInAnyOrderElementsOf(
                        Field.GENERAL.stream().map(Field::pointer).toList());
        assertThat(leaves(spec().at("/repositories/items/properties"), "", ""))
                .containsExactlyInAnyOrderElementsOf(
                        Field.REPOSITORY.stream().map(Field::pointer).toList());
    }

    @Test
    void itLetsInTheValuesThatTheCodeAccepts() {
        Stream.concat(
                        Field.GENERAL.stream().map(field -> schema(spec(), field)),
                        Field.REPOSITORY.stream()
                                .map(field -> schema(spec().at("/repositories/items/properties"), field)))
                .forEach(one -> {
                    JsonNode schema = one.path("schema");
                    String parameter = one.path("parameter").asText();
                    List<String> choices = new ArrayList<>();
                    schema.path("enum").forEach(choice -> choices.add(choice.asText()));
                    assertThat(choices).as(parameter).isEqualTo(SchemaFacts.choices(parameter));
                    assertThat(schema.path("pattern").asText()).as(parameter).isEqualTo(SchemaFacts.pattern(parameter));
                    assertThat(schema.path("type").asText()).as(parameter).isEqualTo(SchemaFacts.type(parameter));
                });
    }

    private static JsonNode schema(JsonNode properties, Field field) {
        ObjectNode both = new ObjectMapper().createObjectNode().put("parameter", field.parameter());
        both.set(
                "schema",
                properties.at(field.pointer()
                                .substring(0, field.pointer().lastIndexOf('/'))
                                .replaceAll("/(\\w+)", "/$1/properties")
                        + field.pointer().substring(field.pointer().lastIndexOf('/'))));
        return both;
    }

    private static List<String> leaves(JsonNode properties, String at, String but) {
        List<String> leaves = new ArrayList<>();
        properties.properties().forEach(field -> {
            String pointer = at + "/" + field.getKey();
            JsonNode inner = field.getValue().path("properties");
            if (field.getKey().equals(but) || STRUCTURED.contains(field.getKey())) {
                return;
            }
            if (inner.isObject()) {
                leaves.addAll(leaves(inner, pointer, ""));
            } else {
                leaves.add(pointer);
            }
        });
        return leaves;
    }
}
