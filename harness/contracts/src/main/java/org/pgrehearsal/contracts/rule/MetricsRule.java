package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.pgrehearsal.contracts.text.PromQl;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.World;

/**
 * Every metric that an alert or a dashboard asks for is one that something exports: the operators (their names are read from their sources by
 * lab/tools/crds), kube-state-metrics (likewise), our own plugin, Prometheus itself, or a recording rule of the tree.
 *
 * @param exported file with the names that others export, one a line
 */
record MetricsRule(Path exported) implements Rule {
    /** What Prometheus adds to every target. */
    private static final Set<String> PROMETHEUS = Set.of("up", "ALERTS", "scrape_duration_seconds");

    /** Our plugin names its metrics after the constants of this enum. */
    private static final String PLUGIN = "cnpg-i/plugin/src/main/java/org/pgrehearsal/plugin/metrics/Gauge.java";

    private static final Pattern GAUGE = Pattern.compile("(?m)^    ([A-Z_]+)\\(\"");

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public void check(World world, Report report) {
        Set<String> known = new HashSet<>(PROMETHEUS);
        try {
            known.addAll(Files.readAllLines(exported));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the operators' metrics: " + e.getMessage(), e);
        }
        if (world.repository().has(PLUGIN)) {
            GAUGE.matcher(world.repository().text(PLUGIN).orElse(""))
                    .results()
                    .forEach(gauge ->
                            known.add("pgrehearsal_pgbackrest_" + gauge.group(1).toLowerCase(Locale.ROOT)));
        }
        world.manifests()
                .filter(object -> object.is("monitoring.coreos.com", "PrometheusRule"))
                .flatMap(object -> Manifest.fields("", object.body()))
                .filter(field -> field.name().equals("record") && field.value().isTextual())
                .forEach(field -> known.add(field.value().asText()));
        world.manifests().forEach(object -> {
            if (object.is("monitoring.coreos.com", "PrometheusRule")) {
                ask(object, object.body(), known, report);
            } else if (DashboardsRule.isDashboard(object)) {
                object.texts("/data").forEach((file, text) -> {
                    try {
                        ask(object, Yaml.JSON.readTree(text), known, report);
                    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                        // the rule of dashboards says so
                        report.looked();
                    }
                });
            }
        });
    }

    private static void ask(Manifest object, JsonNode inside, Set<String> known, Report report) {
        Manifest.fields("", inside)
                .filter(field -> field.name().equals("expr") && field.value().isValueNode())
                .forEach(field -> {
                    report.looked();
                    for (String metric : PromQl.metrics(field.value().asText())) {
                        if (!known.contains(metric) && !base(metric, known)) {
                            report.refuse(object, "nothing exports the metric " + metric + ": is it spelled right?");
                        }
                    }
                });
    }

    /** A histogram or a summary exports more names than its own. */
    private static boolean base(String metric, Set<String> known) {
        for (String suffix : new String[] {"_bucket", "_count", "_sum"}) {
            if (metric.endsWith(suffix) && known.contains(metric.substring(0, metric.length() - suffix.length()))) {
                return true;
            }
        }
        return false;
    }
}
