package org.pgrehearsal.contracts.rule;

import java.nio.file.Path;
import java.util.Optional;
import org.pgrehearsal.contracts.text.Markdown;
import org.pgrehearsal.contracts.tree.World;

/** Every link into the repository leads to a file that is there, and to a heading in it. */
record DocsLinksRule() implements Rule {
    private static final String REPOSITORY = "https://github.com/pgrehearsal/pgrehearsal/";

    @Override
    public String name() {
        return "docs-links";
    }

    @Override
    public void check(World world, Report report) {
        Pages.each(world, report, (page, markdown) -> {
            for (Markdown.Piece link : markdown.links()) {
                String target = link.text();
                if (target.startsWith(REPOSITORY)) {
                    String path = target.substring(REPOSITORY.length()).replaceFirst("^(blob|tree|raw)/main/?", "");
                    if (!path.equals(target.substring(REPOSITORY.length()))) {
                        look(world, page, link, path, report);
                    }
                } else if (!target.matches("[a-z][a-z0-9+.-]*:.*")) {
                    look(world, page, link, target.startsWith("#") ? page + target : beside(page, target), report);
                }
            }
        });
    }

    private static String beside(String page, String target) {
        return Path.of(page).resolveSibling(target).normalize().toString();
    }

    private static void look(World world, String page, Markdown.Piece link, String target, Report report) {
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        file = file.endsWith("/") ? file.substring(0, file.length() - 1) : file;
        if (!world.repository().has(file)) {
            report.refuse(
                    page, "line " + link.line(), "the link " + link.text() + " leads nowhere: there is no " + file);
        } else if (hash >= 0 && file.endsWith(".md")) {
            Optional<String> text = world.repository().text(file);
            String anchor = target.substring(hash + 1);
            if (text.isPresent() && !Markdown.of(text.get()).anchors().contains(anchor)) {
                report.refuse(
                        page, "line " + link.line(), "the link " + link.text() + " leads to no heading of " + file);
            }
        }
    }
}
