package org.pgrehearsal.contracts.rule;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.Rendering;
import org.pgrehearsal.contracts.tree.World;

/** Every variable of a postBuild substitution has a value or a default; every setting of a cluster is asked for; none is left in what is applied. */
record VariablesRule() implements Rule {
    private static final Pattern LEFT = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::=[^}]*)?\\}");

    @Override
    public String name() {
        return "variables";
    }

    @Override
    public void check(World world, Report report) {
        Set<String> settings = new TreeSet<>();
        for (Rendering rendering : world.clusters()) {
            report.looked();
            for (Manifest object : rendering.all("", "ConfigMap")) {
                if (object.name().equals("cluster-settings")) {
                    settings.addAll(object.texts("/data").keySet());
                }
            }
            for (Rendering.Lack lack : rendering.lacks()) {
                report.refuse(
                        lack.origin().file(),
                        lack.title(),
                        lack.foreign()
                                ? lack.expression()
                                        + " is of a form that is not used here: write ${VAR} or ${VAR:=default}"
                                : lack.expression() + " has no value in " + rendering.name()
                                        + ", and Flux would put nothing there: "
                                        + "set it in cluster-settings or in postBuild.substitute of "
                                        + lack.origin().by()
                                        + ", or give it a default");
            }
            rendering
                    .unused()
                    .forEach((source, names) -> names.forEach(name -> report.refuse(
                            rendering.name(),
                            source,
                            "nothing asks for " + name + ": take it away, or spell it as it is used")));
        }
        for (Rendering rendering : world.clusters()) {
            for (Manifest object : rendering.manifests()) {
                if (!object.origin().by().startsWith("Kustomization ")) {
                    continue; // what a chart renders is applied as it is
                }
                Matcher left = LEFT.matcher(object.body().toString());
                while (left.find()) {
                    if (settings.contains(left.group(1)) || left.group().contains(":=")) {
                        report.refuse(
                                object,
                                left.group() + " is still there: "
                                        + object.origin().by() + " has no postBuild");
                    }
                }
            }
        }
    }
}
