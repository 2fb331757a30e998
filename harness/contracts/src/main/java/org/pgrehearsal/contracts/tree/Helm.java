package org.pgrehearsal.contracts.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.contracts.tool.Tool;
import org.pgrehearsal.contracts.tool.Toolbox;
import org.pgrehearsal.process.Finished;

/**
 * The real Helm.
 *
 * @param tools where it is
 * @param root  of the repository
 */
public record Helm(Toolbox tools, Path root) {
    private static final Pattern SOURCE = Pattern.compile("(?m)^# Source: [^/]+/(\\S+)$");
    /** What the clusters that the tree is made for can do; charts ask for it. */
    private static final List<String> API_VERSIONS = List.of(
            "monitoring.coreos.com/v1",
            "monitoring.coreos.com/v1/PodMonitor",
            "monitoring.coreos.com/v1/PrometheusRule",
            "postgresql.cnpg.io/v1",
            "acid.zalan.do/v1");

    /**
     * What `helm template` said.
     *
     * @param succeeded whether it rendered
     * @param out       the objects
     * @param error     in one line, empty if it succeeded
     */
    public record Answer(boolean succeeded, String out, String error) {}

    /** Renders a chart. */
    public Answer template(String chart, String release, String namespace, List<Path> values) {
        List<Object> arguments =
                new ArrayList<>(List.of("template", release, root.resolve(chart), "--namespace", namespace));
        API_VERSIONS.forEach(version -> arguments.addAll(List.of("--api-versions", version)));
        values.forEach(file -> arguments.addAll(List.of("--values", file)));
        return answer(tools.run(Tool.HELM, root, java.util.Map.of(), arguments));
    }

    /** What the linter says: everything, as all of it is an error for us. */
    public Answer lint(String chart, List<Path> values) {
        List<Object> arguments = new ArrayList<>(List.of("lint", "--strict", "--quiet", root.resolve(chart)));
        values.forEach(file -> arguments.addAll(List.of("--values", file)));
        return answer(tools.run(Tool.HELM, root, java.util.Map.of(), arguments));
    }

    private Answer answer(Finished finished) {
        if (finished.succeeded()) {
            return new Answer(true, finished.out(), "");
        }
        String said = (finished.err() + "\n" + finished.out())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("Use --debug") && !line.startsWith("WARNING"))
                .reduce((one, other) -> one + " " + other)
                .orElse("(it said nothing)");
        return new Answer(false, "", said.replace(root + "/", "").replaceFirst("^Error: ", ""));
    }

    /** The objects of a rendered chart. */
    List<Manifest> objects(String chart, String printed, String by) throws Yaml.Malformed {
        List<Manifest> objects = new ArrayList<>();
        for (String text : Yaml.split(printed)) {
            ObjectNode object = Yaml.mapping(text);
            if (!object.isEmpty()) {
                Matcher source = SOURCE.matcher(text);
                String file = chart + "/" + (source.find() ? source.group(1) : "templates");
                objects.add(new Manifest(object, new Origin(file, by)));
            }
        }
        return objects;
    }
}
