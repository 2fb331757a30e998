package org.pgrehearsal.contracts.rule;

import java.util.List;
import java.util.function.BiConsumer;
import org.pgrehearsal.contracts.text.Markdown;
import org.pgrehearsal.contracts.tree.World;

/** The pages of documentation: docs/, what stands at the root, and each chart's README. */
final class Pages {
    private Pages() {}

    static List<String> all(World world) {
        return world.repository()
                .matching(file -> file.endsWith(".md")
                        && (file.startsWith("docs/")
                                || !file.contains("/")
                                || file.matches("charts/[^/]+/README\\.md")
                                || file.matches("(kubernetes|clusters|lab)/.*README\\.md")));
    }

    static void each(World world, Report report, BiConsumer<String, Markdown> look) {
        for (String page : all(world)) {
            report.looked();
            look.accept(page, Markdown.of(world.repository().text(page).orElse("")));
        }
    }
}
