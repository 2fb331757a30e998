package org.pgrehearsal.contracts.rule;

import org.pgrehearsal.contracts.tree.Rendering;
import org.pgrehearsal.contracts.tree.World;

/** Every kustomization builds, in every cluster, and every component, used or not. */
record BuildsRule() implements Rule {
    @Override
    public String name() {
        return "builds";
    }

    @Override
    public void check(World world, Report report) {
        for (Rendering rendering : world.renderings()) {
            if (rendering.kind() != Rendering.Kind.CHART) {
                report.looked();
                rendering
                        .failures()
                        .forEach(failure -> report.refuse(
                                failure.origin().file(), failure.title(), "does not build: " + failure.problem()));
                if (rendering.manifests().isEmpty() && rendering.failures().isEmpty()) {
                    report.refuse(
                            rendering.name(), "", "it builds to nothing; take it away or let it name its resources");
                }
            }
        }
    }
}
