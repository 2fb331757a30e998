package org.pgrehearsal.contracts.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.process.Finished;

/** Asks kubeconform whether objects are valid: by Kubernetes' own schemas, and by those made of the operators' CustomResourceDefinitions. */
public final class Schemas {
    private static final Pattern ERROR = Pattern.compile("- at '([^']*)': (.*?)(?=\\s+- at '|$)");

    private final Toolbox tools;
    private final Map<JsonNode, List<String>> answers = new HashMap<>();
    private @Nullable Path operators;

    public Schemas(Toolbox tools) {
        this.tools = tools;
    }

    /** The CustomResourceDefinitions turned into schemas, once. */
    private synchronized Path operators() {
        if (operators == null) {
            Path folder = tools.directory("schemas");
            try (Stream<Path> definitions = Files.list(tools.operators())) {
                for (Path file : definitions
                        .filter(path -> path.toString().endsWith(".yaml"))
                        .toList()) {
                    write(folder, Yaml.mapping(Files.readString(file)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the operators' definitions: " + e.getMessage(), e);
            } catch (Yaml.Malformed e) {
                throw new IllegalStateException("the operators' definitions are no YAML: " + e.getMessage(), e);
            }
            operators = folder;
        }
        return operators;
    }

    private static void write(Path folder, ObjectNode definition) {
        String group = definition.at("/spec/group").asText();
        String kind = definition.at("/spec/names/kind").asText().toLowerCase(Locale.ROOT);
        for (JsonNode version : definition.at("/spec/versions")) {
            JsonNode schema = version.at("/schema/openAPIV3Schema");
            if (schema.deepCopy() instanceof ObjectNode object) {
                // every object has them, also where a definition does not say so
                for (String always : List.of("apiVersion", "kind", "metadata")) {
                    if (!object.at("/properties").has(always)) {
                        object.withObject("/properties").putObject(always);
                    }
                }
                Path file = folder.resolve(group)
                        .resolve(kind + "_" + version.path("name").asText() + ".json");
                Toolbox.write(file, strict(object).toString());
            }
        }
    }

    /** Kubernetes' dialect said in JSON Schema, with every field that is not named refused, as `kubectl apply` with strict validation does. */
    static JsonNode strict(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                || object.path("x-kubernetes-embedded-resource").asBoolean();
        if (object.path("x-kubernetes-int-or-string").asBoolean()) {
            object.remove("type");
            object.remove("anyOf");
            ArrayNode types = object.putArray("type");
            types.add("string").add("integer");
        }
        if (object.path("properties").isObject()) {
            object.path("properties").forEach(Schemas::strict);
            if (!open && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
        }
        strict(object.path("additionalProperties"));
        strict(object.path("items"));
        if (object.path("nullable").asBoolean() && object.path("type").isTextual()) {
            String type = object.path("type").asText();
            object.putArray("type").add(type).add("null");
        }
        return object;
    }

    /**
     * Validates objects. What was asked before is not asked again. Kinds that the objects themselves define are known with those of the operators.
     *
     * @return what is wrong with each that is not valid, by its place in the list
     */
    public synchronized Map<Integer, List<String>> problems(List<? extends JsonNode> objects) {
        objects.stream()
                .filter(object -> object.path("kind").asText().equals("CustomResourceDefinition"))
                .filter(ObjectNode.class::isInstance)
                .forEach(ours -> write(operators(), (ObjectNode) ours.deepCopy()));
        List<JsonNode> unknown = new ArrayList<>();
        objects.stream()
                .filter(object -> !answers.containsKey(object))
                .distinct()
                .forEach(unknown::add);
        if (!unknown.isEmpty()) {
            ask(unknown);
        }
        Map<Integer, List<String>> problems = new TreeMap<>();
        for (int i = 0; i < objects.size(); i++) {
            List<String> said = answers.getOrDefault(objects.get(i), List.of());
            if (!said.isEmpty()) {
                problems.put(i, said);
            }
        }
        return problems;
    }

    private void ask(List<JsonNode> objects) {
        Path folder = tools.directory("objects");
        for (int i = 0; i < objects.size(); i++) {
            ObjectNode object = objects.get(i).deepCopy();
            object.remove("sops"); // Flux takes it away when it decrypts
            Toolbox.write(folder.resolve(i + ".json"), object.toString());
        }
        Finished finished = tools.run(
                Tool.KUBECONFORM,
                folder,
                "-strict",
                "-output",
                "json",
                "-schema-location",
                tools.builtinSchemas() + "/{{.ResourceKind}}{{.KindSuffix}}.json",
                "-schema-location",
                operators() + "/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json",
                folder);
        objects.forEach(object -> answers.put(object, List.of()));
        for (JsonNode resource : answer(finished).path("resources")) {
            String file =
                    Path.of(resource.path("filename").asText()).getFileName().toString();
            int index = Integer.parseInt(file.substring(0, file.length() - ".json".length()));
            answers.put(objects.get(index), said(resource));
        }
    }

    private static JsonNode answer(Finished finished) {
        try {
            JsonNode answer = Yaml.JSON.readTree(finished.out());
            if (answer.path("resources").isArray() && finished.exit() <= 1) {
                return answer;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("kubeconform said no JSON: " + finished.lastWords(), e);
        }
        throw new IllegalStateException("kubeconform failed: " + finished.lastWords());
    }

    private static List<String> said(JsonNode resource) {
        String message = resource.path("msg").asText();
        if (message.contains("could not find schema")) {
            return List.of(
                    "no schema of this kind is known; is it spelled right? Else add its API to lab/tools/crds/apis.go");
        }
        List<String> said = new ArrayList<>();
        Matcher error = ERROR.matcher(message);
        while (error.find()) {
            // of a tree of errors, the leaves say what is wrong
            if (!error.group(2).endsWith("validation failed")) {
                said.add(error.group(1) + ": " + error.group(2));
            }
        }
        return said.isEmpty() ? List.of(message.lines().findFirst().orElse("not valid")) : said;
    }
}
