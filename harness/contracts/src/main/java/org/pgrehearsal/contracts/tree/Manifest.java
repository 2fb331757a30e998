package org.pgrehearsal.contracts.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An object as it would be applied.
 *
 * @param body   all of it
 * @param origin where it comes from
 */
public record Manifest(ObjectNode body, Origin origin) {
    public String kind() {
        return text("/kind");
    }

    public String name() {
        return text("/metadata/name");
    }

    /** Empty if it says none. */
    public String namespace() {
        return text("/metadata/namespace");
    }

    public String apiVersion() {
        return text("/apiVersion");
    }

    /** Empty for the core kinds. */
    public String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    public boolean is(String group, String kind) {
        return kind().equals(kind) && group().equals(group);
    }

    /** What is at a JSON pointer; a missing node if nothing is. */
    public JsonNode at(String pointer) {
        return body.at(pointer);
    }

    /** The text at a JSON pointer; empty if there is none. */
    public String text(String pointer) {
        return body.at(pointer).asText();
    }

    /** The annotations or labels, or any other mapping of texts. */
    public Map<String, String> texts(String pointer) {
        Map<String, String> texts = new TreeMap<>();
        body.at(pointer)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    /** As people name it. */
    public String title() {
        return kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name();
    }

    /** The elements of a list at a pointer. */
    public List<JsonNode> each(String pointer) {
        return elements(body.at(pointer));
    }

    /** The elements of a list; none if it is no list. */
    public static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    /** This node and all below it, each with its field's name; elements of a list bear the name of the list. */
    public static Stream<Field> fields(String name, JsonNode node) {
        Stream.Builder<Stream<Field>> below = Stream.builder();
        if (node.isObject()) {
            node.properties().forEach(entry -> below.add(fields(entry.getKey(), entry.getValue())));
        } else if (node.isArray()) {
            for (Iterator<JsonNode> elements = node.elements(); elements.hasNext(); ) {
                below.add(fields(name, elements.next()));
            }
        }
        return Stream.concat(Stream.of(new Field(name, node)), below.build().flatMap(part -> part));
    }

    /**
     * A value somewhere inside an object.
     *
     * @param name  of the field that holds it
     * @param value itself
     */
    public record Field(String name, JsonNode value) {}
}
