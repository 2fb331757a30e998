package org.pgrehearsal.contracts.tree;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.contracts.text.Yaml;

/**
 * Our own charts and the values that they are rendered with.
 *
 * @param repository where they are
 * @param helm       to render them
 */
public record Charts(Repository repository, Helm helm) {
    /**
     * A chart with some values.
     *
     * @param chart  its folder
     * @param values a file of the repository; empty for the chart's own defaults
     */
    public record Case(String chart, String values) {
        public String title() {
            String name = chart.substring(chart.lastIndexOf('/') + 1);
            return "chart " + name + " with "
                    + (values.isEmpty() ? "its defaults" : values.substring(chart.length() + 1));
        }
    }

    /** Folders of the charts. */
    public List<String> all() {
        return repository.foldersWith("charts", "Chart.yaml");
    }

    /** Every chart with its defaults and with each example. */
    public List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String chart : all()) {
            cases.add(new Case(chart, ""));
            repository
                    .matching(file -> file.startsWith(chart + "/examples/") && file.endsWith(".yaml"))
                    .forEach(values -> cases.add(new Case(chart, values)));
        }
        return cases;
    }

    /** Values that must be refused. */
    public List<Case> refusals() {
        List<Case> cases = new ArrayList<>();
        for (String chart : all()) {
            repository
                    .matching(file -> file.startsWith(chart + "/tests/refused/") && file.endsWith(".yaml"))
                    .forEach(values -> cases.add(new Case(chart, values)));
        }
        return cases;
    }

    /** What Helm makes of a case. */
    public Helm.Answer template(Case render) {
        return helm.template(render.chart(), "example", "example", files(render));
    }

    /** What the linter says of a case. */
    public Helm.Answer lint(Case render) {
        return helm.lint(render.chart(), files(render));
    }

    private List<Path> files(Case render) {
        return render.values().isEmpty() ? List.of() : List.of(repository.root().resolve(render.values()));
    }

    Rendering render(Case render) {
        Helm.Answer answer = template(render);
        Origin origin = new Origin(
                render.values().isEmpty() ? render.chart() + "/values.yaml" : render.values(), render.title());
        List<Rendering.Failure> failures = new ArrayList<>();
        List<Manifest> manifests = List.of();
        if (answer.succeeded()) {
            try {
                manifests = helm.objects(render.chart(), answer.out(), render.title());
                manifests.stream()
                        .filter(object -> object.namespace().isEmpty() && !Scope.isClusterWide(object))
                        .forEach(object -> object.body().withObject("/metadata").put("namespace", "example"));
            } catch (Yaml.Malformed e) {
                failures.add(new Rendering.Failure(origin, render.title(), "it renders no YAML: " + e.getMessage()));
            }
        } else {
            failures.add(new Rendering.Failure(origin, render.title(), answer.error()));
        }
        String given = repository.text(render.chart() + "/values.yaml").orElse("")
                + (render.values().isEmpty()
                        ? ""
                        : repository.text(render.values()).orElse(""));
        return new Rendering(render.title(), Rendering.Kind.CHART, manifests, failures, List.of(), given, Map.of());
    }
}
