package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.pgrehearsal.contracts.text.Yaml;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.World;

/** Every dashboard has the label by which Grafana's sidecar finds it, is JSON, and has a title, a uid and panels. */
record DashboardsRule() implements Rule {
    private static final String LABEL = "grafana_dashboard";

    @Override
    public String name() {
        return "dashboards";
    }

    /** A ConfigMap that is meant to be one, labelled or not. */
    static boolean isDashboard(Manifest object) {
        return object.is("", "ConfigMap")
                && (object.texts("/metadata/labels").containsKey(LABEL)
                        || object.name().contains("dashboard")
                        || object.texts("/data").values().stream()
                                .anyMatch(text -> text.contains("\"schemaVersion\"")));
    }

    @Override
    public void check(World world, Report report) {
        world.manifests()
                .filter(object -> object.is("helm.toolkit.fluxcd.io", "HelmRelease"))
                .forEach(release -> Manifest.fields("", release.at("/spec/values"))
                        .filter(field -> field.name().equals("grafanaDashboard")
                                && field.value().path("create").asBoolean())
                        .forEach(field -> fromChart(release, field.value(), report)));
        world.manifests().filter(DashboardsRule::isDashboard).forEach(object -> {
            report.looked();
            if (!"1".equals(object.texts("/metadata/labels").get(LABEL))) {
                report.refuse(object, "Grafana does not find it: label it " + LABEL + ": \"1\"");
            }
            Map<String, String> files = object.texts("/data");
            if (files.isEmpty()) {
                report.refuse(object, "it holds no dashboard");
            }
            files.forEach((file, text) -> {
                try {
                    JsonNode dashboard = Yaml.JSON.readTree(text);
                    if (dashboard.path("title").asText().isEmpty()
                            || dashboard.path("uid").asText().isEmpty()
                            || dashboard.path("panels").isEmpty()) {
                        report.refuse(object, file + " needs a title, a uid and panels");
                    }
                } catch (JsonProcessingException e) {
                    report.refuse(object, file + " is no JSON: " + e.getOriginalMessage());
                }
            });
        });
    }

    /** A chart that brings its own dashboard has to label it the same way. */
    private static void fromChart(Manifest release, JsonNode values, Report report) {
        report.looked();
        if (!values.path("sidecarLabel").asText(LABEL).equals(LABEL)
                || !values.path("sidecarLabelValue").asText("1").equals("1")) {
            report.refuse(release, "Grafana does not find its dashboard: the label has to be " + LABEL + ": \"1\"");
        }
    }
}
