package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgrehearsal.contracts.text.Substitution;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.contracts.tool.Schemas;
import org.pgrehearsal.contracts.tree.World;
import org.pgrehearsal.playbook.Block;

/**
 * Every block of YAML in a page parses and, where it is a whole object, is valid. Every fence is closed.
 *
 * @param schemas to ask
 */
record DocsYamlRule(Schemas schemas) implements Rule {
    private record Found(String page, int line, JsonNode object) {}

    /** Read by the programs themselves and not by Kubernetes; their builds are tested. */
    private static final Set<String> NOT_KUBERNETES = Set.of("kustomize.config.k8s.io", "backstage.io");

    @Override
    public String name() {
        return "docs-yaml";
    }

    @Override
    public void check(World world, Report report) {
        List<Found> objects = new ArrayList<>();
        Pages.each(world, report, (page, markdown) -> {
            for (Block block : markdown.blocks()) {
                if (!block.closed()) {
                    report.refuse(page, "line " + block.line(), "the block that begins here has no end");
                } else if (block.language().equals("yaml") || block.language().equals("yml")) {
                    parse(page, block, objects, report);
                }
            }
        });
        Map<Integer, List<String>> problems = objects.isEmpty()
                ? Map.of()
                : schemas.problems(objects.stream().map(Found::object).toList());
        problems.forEach((index, said) -> said.forEach(problem -> report.refuse(
                objects.get(index).page(),
                "line " + objects.get(index).line() + ", "
                        + objects.get(index).object().path("kind").asText(),
                problem)));
    }

    private static void parse(String page, Block block, List<Found> objects, Report report) {
        try {
            // a placeholder of a page stands where Flux or a reader puts a value
            String text = Substitution.of(block.text(), Map.of("APP", "example", "NAMESPACE", "example"))
                    .text();
            for (JsonNode document : Yaml.documents(text)) {
                String api = document.path("apiVersion").asText();
                String group = api.contains("/") ? api.substring(0, api.indexOf('/')) : "";
                if (document.has("kind")
                        && !api.isEmpty()
                        && document.at("/metadata").has("name")
                        && !NOT_KUBERNETES.contains(group)) {
                    objects.add(new Found(page, block.line(), document));
                }
            }
        } catch (Yaml.Malformed e) {
            report.refuse(page, "line " + block.line(), "this block is no YAML: " + e.getMessage());
        }
    }
}
