package org.pgrehearsal.platform.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Runner;

/**
 * Objects that are built from folders of a tree of manifests, as Flux would build them.
 *
 * @param tree       the repository
 * @param resources  folders of it with the objects
 * @param components folders of it with components, in the order in which they are applied
 * @param patches    what a drill changes: patches in kustomize's own form, YAML
 */
public record Kustomization(Path tree, List<String> resources, List<String> components, List<String> patches) {
    public Kustomization {
        resources = List.copyOf(resources);
        components = List.copyOf(components);
        patches = List.copyOf(patches);
    }

    /**
     * Builds the objects.
     *
     * @param kustomize the program
     * @param folder    a new folder for the kustomization itself, which stays
     * @param values    of the variables in the objects
     */
    public List<HasMetadata> build(
            KubernetesClient client, Runner runner, Path kustomize, Path folder, Map<String, String> values) {
        try {
            Files.createDirectories(folder);
            Path real = folder.toRealPath();
            Files.writeString(real.resolve("kustomization.yaml"), text(real.relativize(tree.toRealPath())));
            String built =
                    runner.run(Command.of(kustomize, "build", real)).orFail().out();
            String objects = new Variables(values).in(built);
            Files.writeString(real.resolve("built.yaml"), objects);
            return client.load(new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8)))
                    .items();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build the objects in " + folder + ": " + e.getMessage(), e);
        }
    }

    private String text(Path root) {
        StringBuilder text = new StringBuilder("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n");
        list(text, "resources", resources, root);
        list(text, "components", components, root);
        if (!patches.isEmpty()) {
            text.append("patches:\n");
            for (String patch : patches) {
                text.append("  - ").append(patch.strip().indent(4).strip()).append('\n');
            }
        }
        return text.toString();
    }

    private static void list(StringBuilder text, String name, List<String> folders, Path root) {
        if (!folders.isEmpty()) {
            text.append(name).append(":\n");
            folders.forEach(
                    folder -> text.append("  - ").append(root.resolve(folder)).append('\n'));
        }
    }
}
