package org.pgrehearsal.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The manifests that an operator is installed by without Helm, made into the files of a chart. */
record Installer(List<ObjectNode> objects) {
    private static final ObjectMapper YAML = new YAMLMapper(new YAMLFactory());
    /** What the HelmRelease is asked to make otherwise, or another one does. */
    private static final Set<String> LEFT_OUT = Set.of("Namespace", "Certificate", "Issuer");

    private static final String RESOURCES = "@RESOURCES@";

    static Installer read(Path file) {
        try (MappingIterator<ObjectNode> documents =
                YAML.readerFor(ObjectNode.class).readValues(file.toFile())) {
            return new Installer(documents.readAll().stream()
                    .filter(object -> object != null && !LEFT_OUT.contains(kind(object)))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the installer " + file + ": " + e.getMessage(), e);
        }
    }

    private static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    /** The image of the operator's container, which takes its resources from the chart's values from now on. */
    void operator(String image) {
        for (ObjectNode object : objects) {
            JsonNode container = object.at("/spec/template/spec/containers/0");
            if (kind(object).equals("Deployment") && container instanceof ObjectNode operator) {
                operator.put("image", image);
                operator.put("resources", RESOURCES);
            }
        }
    }

    /** Sets one value of every Secret that has it. */
    void secret(String key, String value) {
        for (ObjectNode object : objects) {
            if (kind(object).equals("Secret") && object.path("data") instanceof ObjectNode data && data.has(key)) {
                data.remove(key);
                object.putObject("stringData").put(key, value);
            }
        }
    }

    /** The files: definitions where Helm applies them first, everything else as templates. */
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < objects.size(); i++) {
            ObjectNode object = objects.get(i);
            boolean definition = kind(object).equals("CustomResourceDefinition");
            String path = (definition ? "crds/" : "templates/") + "%03d.yaml".formatted(i);
            files.put(path, definition ? text(object) : template(text(object)));
        }
        return files;
    }

    private static String text(JsonNode object) {
        try {
            return YAML.writeValueAsString(object);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + object.path("kind") + ": " + e.getMessage(), e);
        }
    }

    private static String template(String text) {
        return text.replace("{{", "{{ \"{{\" }}")
                .replace("\"" + RESOURCES + "\"", "{{ toJson .Values.resources }}")
                .replace("'" + RESOURCES + "'", "{{ toJson .Values.resources }}");
    }
}
