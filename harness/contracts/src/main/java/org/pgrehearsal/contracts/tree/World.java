package org.pgrehearsal.contracts.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.pgrehearsal.contracts.tool.Toolbox;

/**
 * All that a rule may look at.
 *
 * @param repository its files
 * @param renderings what they become
 * @param charts     to render them again
 * @param tools      for the rules that ask one
 */
public record World(Repository repository, List<Rendering> renderings, Charts charts, Toolbox tools) {
    /** Renders everything of a repository. */
    public static World of(Path root, Toolbox tools) {
        return of(Repository.at(root, tools), tools);
    }

    static World of(Repository repository, Toolbox tools) {
        Helm helm = new Helm(tools, repository.root());
        Charts charts = new Charts(repository, helm);
        Path copy = tools.directory("tree");
        repository.copy(copy, "clusters", "kubernetes");
        Kustomize kustomize = new Kustomize(tools, copy);
        List<Rendering> renderings = new ArrayList<>();
        for (String cluster : clusters(repository)) {
            renderings.add(new Flux(kustomize, helm, tools).render(cluster));
        }
        Set<String> used = used(renderings);
        Map<String, String> settings = renderings.stream()
                .flatMap(rendering -> rendering.all("", "ConfigMap").stream())
                .filter(object -> object.name().equals("cluster-settings"))
                .map(object -> object.texts("/data"))
                .reduce(new HashMap<>(), (all, more) -> {
                    more.forEach(all::putIfAbsent);
                    return all;
                });
        for (String file : repository.below(Flux.COMPONENTS)) {
            String component = file.substring(0, file.lastIndexOf('/'));
            if (file.endsWith("/kustomization.yaml") && !used.contains(component)) {
                renderings.add(new Flux(kustomize, helm, tools).component(component, copy, settings));
            }
        }
        charts.cases().forEach(render -> renderings.add(charts.render(render)));
        return new World(repository, List.copyOf(renderings), charts, tools);
    }

    /** What is rendered depends on nothing else. */
    public static final List<String> RENDERED = List.of("clusters", "kubernetes", "charts");

    /** The renderings of this for other files, which have to be the same in all that is rendered. */
    public World with(Repository other) {
        return new World(other, renderings, new Charts(other, new Helm(tools, other.root())), tools);
    }

    /** The same files, rendered anew. */
    public World again() {
        return of(repository, tools);
    }

    private static List<String> clusters(Repository repository) {
        return repository.below("clusters").stream()
                .map(file -> file.split("/"))
                .filter(parts -> parts.length > 2)
                .map(parts -> parts[0] + "/" + parts[1])
                .distinct()
                .toList();
    }

    /** Components that a Kustomization of some cluster names; those that a kustomization includes show in the files of what was built. */
    private static Set<String> used(List<Rendering> renderings) {
        Set<String> used = new HashSet<>();
        for (Rendering rendering : renderings) {
            for (Manifest kustomization : rendering.all(Flux.KUSTOMIZE, "Kustomization")) {
                for (JsonNode component : kustomization.each("/spec/components")) {
                    used.add(Path.of(kustomization.text("/spec/path"), component.asText())
                            .normalize()
                            .toString());
                }
            }
            for (Manifest object : rendering.manifests()) {
                Path folder = Path.of(object.origin().file()).getParent();
                if (folder != null) {
                    used.add(folder.toString());
                }
            }
        }
        return used;
    }

    /** What clusters become, without charts by themselves. */
    public List<Rendering> clusters() {
        return renderings.stream()
                .filter(rendering -> rendering.kind() == Rendering.Kind.CLUSTER)
                .toList();
    }

    /** Every object of everything. */
    public Stream<Manifest> manifests() {
        return renderings.stream().flatMap(rendering -> rendering.manifests().stream());
    }
}
