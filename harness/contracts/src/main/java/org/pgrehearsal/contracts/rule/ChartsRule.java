package org.pgrehearsal.contracts.rule;

import java.util.List;
import java.util.Map;
import org.pgrehearsal.contracts.tree.Charts;
import org.pgrehearsal.contracts.tree.Helm;
import org.pgrehearsal.contracts.tree.Rendering;
import org.pgrehearsal.contracts.tree.World;

/** Every chart is complete, and renders and lints with its defaults and with each of its examples. */
record ChartsRule() implements Rule {
    private static final Map<String, String> PARTS = Map.of(
            "values\\.yaml", "values.yaml",
            "values\\.schema\\.json", "values.schema.json, which refuses what makes no sense",
            "README\\.md", "README.md",
            "templates/NOTES\\.txt", "templates/NOTES.txt",
            "templates/tests/.+", "a test for `helm test` in templates/tests/",
            "examples/.+\\.yaml", "an example of its values in examples/",
            "tests/refused/.+\\.yaml", "values that it refuses in tests/refused/");

    @Override
    public String name() {
        return "charts";
    }

    @Override
    public List<String> reads() {
        return List.of("charts");
    }

    @Override
    public void check(World world, Report report) {
        for (String chart : world.charts().all()) {
            List<String> files = world.repository().below(chart);
            PARTS.forEach((pattern, part) -> {
                if (files.stream()
                        .noneMatch(file -> file.substring(chart.length() + 1).matches(pattern))) {
                    report.refuse(chart, "", "it lacks " + part);
                }
            });
        }
        for (Rendering rendering : world.renderings()) {
            if (rendering.kind() == Rendering.Kind.CHART) {
                report.looked();
                rendering
                        .failures()
                        .forEach(failure -> report.refuse(
                                failure.origin().file(), failure.title(), "does not render: " + failure.problem()));
                if (rendering.manifests().isEmpty() && rendering.failures().isEmpty()) {
                    report.refuse(rendering.name(), "", "it renders nothing");
                }
            }
        }
        for (Charts.Case render : world.charts().cases()) {
            Helm.Answer answer = world.charts().lint(render);
            if (!answer.succeeded()) {
                report.refuse(render.chart(), render.title(), "helm lint: " + answer.error());
            }
        }
    }
}
