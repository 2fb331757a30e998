package org.pgrehearsal.contracts.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pgrehearsal.contracts.tree.Charts;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.Rendering;
import org.pgrehearsal.contracts.tree.World;

/** Rendering the same files twice gives the same bytes, or every reconciliation would change something. */
record RepeatableRule() implements Rule {
    private static final String OTHER =
            "a second rendering is another one: it must not depend on chance, the time or the cluster";

    @Override
    public String name() {
        return "repeatable";
    }

    @Override
    public void check(World world, Report report) {
        for (Charts.Case render : world.charts().cases()) {
            report.looked();
            if (!world.charts().template(render).equals(world.charts().template(render))) {
                report.refuse(render.chart(), render.title(), OTHER);
            }
        }
        List<Rendering> again = new ArrayList<>(world.again().renderings());
        for (int i = 0; i < again.size(); i++) {
            if (again.get(i).kind() == Rendering.Kind.CHART) {
                continue;
            }
            Set<String> first = new HashSet<>();
            world.renderings()
                    .get(i)
                    .manifests()
                    .forEach(object -> first.add(object.body().toString()));
            for (Manifest object : again.get(i).manifests()) {
                report.looked();
                if (!first.contains(object.body().toString())) {
                    report.refuse(object, OTHER);
                }
            }
        }
    }
}
