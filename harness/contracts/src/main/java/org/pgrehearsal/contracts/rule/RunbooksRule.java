package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.World;

/** Every alert says what it means and links to its runbook, and every runbook is of an alert that some rule defines. */
record RunbooksRule() implements Rule {
    private static final String REPOSITORY = "https://github.com/pgrehearsal/pgrehearsal/blob/main/";
    private static final String FOLDER = "docs/techdocs/docs/runbooks";
    private static final Set<String> HEADINGS = Set.of("Meaning", "Impact", "Diagnosis", "Mitigation");

    @Override
    public String name() {
        return "runbooks";
    }

    @Override
    public void check(World world, Report report) {
        // what does not build has alerts that are not seen
        boolean whole = world.renderings().stream()
                .allMatch(rendering -> rendering.failures().isEmpty());
        Set<String> linked = new TreeSet<>();
        world.manifests()
                .filter(object -> object.is("monitoring.coreos.com", "PrometheusRule"))
                .forEach(object -> {
                    for (JsonNode group : object.each("/spec/groups")) {
                        for (JsonNode rule : group.path("rules")) {
                            if (rule.has("alert")) {
                                report.looked();
                                linked.add(alert(world, object, rule, report));
                            }
                        }
                    }
                });
        for (String file : world.repository().below(FOLDER)) {
            if (file.endsWith(".md") && !file.endsWith("/index.md")) {
                report.looked();
                if (whole && !linked.contains(file)) {
                    report.refuse(
                            file, "", "no alert links to this runbook: take it away, or mend the alert's runbook_url");
                }
                Optional<String> text = world.repository().text(file);
                for (String heading : HEADINGS) {
                    if (text.filter(page -> page.lines().anyMatch(line -> line.matches("#+ " + heading)))
                            .isEmpty()) {
                        report.refuse(file, "", "it has no heading " + heading);
                    }
                }
            }
        }
    }

    private static String alert(World world, Manifest object, JsonNode rule, Report report) {
        String alert = rule.path("alert").asText();
        for (String annotation : new String[] {"summary", "description"}) {
            if (rule.at("/annotations/" + annotation).asText().isBlank()) {
                report.refuse(object, "the alert " + alert + " has no " + annotation);
            }
        }
        String expected = FOLDER + "/" + kebab(alert) + ".md";
        String link = rule.at("/annotations/runbook_url").asText();
        if (!link.equals(REPOSITORY + expected)) {
            report.refuse(object, "the runbook_url of the alert " + alert + " has to be " + REPOSITORY + expected);
        } else if (!world.repository().files().contains(expected)) {
            report.refuse(object, "the runbook of the alert " + alert + " is missing: write " + expected);
        }
        return expected;
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
    }
}
