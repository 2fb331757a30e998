package org.pgrehearsal.contracts.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pgrehearsal.contracts.text.Yaml;

class SchemasTest {
    @Test
    void refusesWhatIsNotNamedUnlessTheDefinitionIsOpen() throws Exception {
        var schema = Schemas.strict(Yaml.mapping("""
                type: object
                properties:
                  closed:
                    type: object
                    properties: {a: {type: string, nullable: true}}
                  open:
                    type: object
                    x-kubernetes-preserve-unknown-fields: true
                    properties: {a: {type: string}}
                  map:
                    type: object
                    additionalProperties: {type: object, properties: {a: {type: integer}}}
                  list:
                    type: array
                    items: {type: object, properties: {a: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}]}}}
                """));
        assertThat(schema.at("/additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.at("/properties/closed/additionalProperties").asBoolean(true))
                .isFalse();
        assertThat(schema.at("/properties/closed/properties/a/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(schema.at("/properties/open").has("additionalProperties")).isFalse();
        assertThat(schema.at("/properties/map/additionalProperties/additionalProperties")
                        .asBoolean(true))
                .isFalse();
        assertThat(schema.at("/properties/list/items/additionalProperties").asBoolean(true))
                .isFalse();
        assertThat(schema.at("/properties/list/items/properties/a").toString())
                .isEqualTo("{\"x-kubernetes-int-or-string\":true,\"type\":[\"string\",\"integer\"]}");
    }
}
