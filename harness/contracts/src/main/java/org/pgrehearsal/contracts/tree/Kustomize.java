package org.pgrehearsal.contracts.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.contracts.tool.Tool;
import org.pgrehearsal.contracts.tool.Toolbox;
import org.pgrehearsal.process.Finished;

/**
 * Builds a folder of a copy of the repository as kustomize-controller does: what the Flux Kustomization adds (components, patches, the namespace) is
 * written into the folder's own kustomization before it is built.
 *
 * @param tools the real kustomize
 * @param copy  of the repository; each build leaves it as it was
 */
record Kustomize(Toolbox tools, Path copy) {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final String ORIGIN = "config.kubernetes.io/origin";

    /** A folder that cannot be built; the message is one line. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    /**
     * A built object, before the substitution.
     *
     * @param text as kustomize printed it
     * @param file that it was in
     */
    record Built(String text, String file) {}

    List<Built> build(String folder, ObjectNode flux) throws Failed {
        Path place = copy.resolve(folder).normalize();
        if (!place.startsWith(copy) || !Files.isDirectory(place)) {
            throw new Failed("there is no folder " + folder);
        }
        Optional<Path> own = kustomization(place);
        Path file = own.orElse(place.resolve(NAMES.getFirst()));
        try {
            String before = own.isPresent() ? Files.readString(file) : "";
            ObjectNode kustomization = own.isPresent() ? Yaml.mapping(before) : generated(place);
            add(flux, kustomization);
            Files.writeString(file, Yaml.write(kustomization));
            Finished built = tools.run(Tool.KUSTOMIZE, place, "build", place);
            if (own.isPresent()) {
                Files.writeString(file, before);
            } else {
                Files.delete(file);
            }
            if (!built.succeeded()) {
                throw new Failed(reason(built));
            }
            return objects(built.out(), folder);
        } catch (Yaml.Malformed e) {
            throw new Failed(file.getFileName() + " is no YAML: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build " + folder + ": " + e.getMessage(), e);
        }
    }

    private String reason(Finished built) {
        return built.lastWords().replace(copy + "/", "").replaceFirst("^Error: ", "");
    }

    private static Optional<Path> kustomization(Path place) {
        return NAMES.stream().map(place::resolve).filter(Files::isRegularFile).findFirst();
    }

    /** What kustomize-controller makes for a folder without a kustomization: all that is in it. */
    private static ObjectNode generated(Path place) throws IOException {
        TreeSet<String> resources = new TreeSet<>();
        try (Stream<Path> walk = Files.walk(place)) {
            List<Path> folders = walk.filter(Files::isDirectory)
                    .filter(folder -> kustomization(folder).isPresent())
                    .toList();
            folders.forEach(folder -> resources.add(place.relativize(folder).toString()));
            try (Stream<Path> files = Files.walk(place)) {
                files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                        .filter(file -> folders.stream().noneMatch(file::startsWith))
                        .forEach(file -> resources.add(place.relativize(file).toString()));
            }
        }
        ObjectNode kustomization = Yaml.JSON.createObjectNode();
        kustomization.put("apiVersion", "kustomize.config.k8s.io/v1beta1").put("kind", "Kustomization");
        ArrayNode list = kustomization.putArray("resources");
        resources.forEach(list::add);
        return kustomization;
    }

    private static void add(ObjectNode flux, ObjectNode kustomization) {
        JsonNode spec = flux.path("spec");
        if (spec.has("targetNamespace")) {
            kustomization.set("namespace", spec.get("targetNamespace"));
        }
        for (String name : List.of("namePrefix", "nameSuffix")) {
            if (spec.has(name)) {
                kustomization.set(name, spec.get(name));
            }
        }
        for (String name : List.of("components", "patches", "images")) {
            if (spec.path(name).isArray()) {
                kustomization.withArray("/" + name).addAll((ArrayNode) spec.get(name));
            }
        }
        kustomization.withArray("/buildMetadata").add("originAnnotations");
    }

    private static List<Built> objects(String printed, String folder) throws Yaml.Malformed {
        List<Built> objects = new ArrayList<>();
        for (String text : Yaml.split(printed)) {
            JsonNode origin = Yaml.mapping(text).at("/metadata/annotations").path(ORIGIN);
            ObjectNode says = Yaml.mapping(origin.asText());
            String path = says.has("path")
                    ? says.get("path").asText()
                    : says.path("configuredIn").asText(NAMES.getFirst());
            objects.add(new Built(text, Path.of(folder, path).normalize().toString()));
        }
        return objects;
    }

    /** Takes away what was only there to find the file. */
    static void forgetOrigin(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        if (metadata instanceof ObjectNode fields && fields.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ORIGIN);
            if (annotations.isEmpty()) {
                fields.remove("annotations");
            }
        }
    }
}
