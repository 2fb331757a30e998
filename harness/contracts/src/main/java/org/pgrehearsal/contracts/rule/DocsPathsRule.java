package org.pgrehearsal.contracts.rule;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.Pattern;
import org.pgrehearsal.contracts.text.Markdown;
import org.pgrehearsal.contracts.tree.World;

/** Every path of the repository that a page names in code is there. A part in capitals, such as NAME, or in angle brackets stands for any. */
record DocsPathsRule() implements Rule {
    private static final Pattern PATH = Pattern.compile(
            "(?:\\./)?(?:kubernetes|clusters|charts|harness|scripts|docs|features|lab|cnpg-i|\\.ci)/[A-Za-z0-9._/*<>{}$-]*");
    /** Made by a run or by a build. */
    private static final Pattern MADE = Pattern.compile("(?:.*/)?target(?:/.*)?|docs/techdocs/site(?:/.*)?");

    @Override
    public String name() {
        return "docs-paths";
    }

    @Override
    public void check(World world, Report report) {
        Pages.each(world, report, (page, markdown) -> {
            for (Markdown.Piece code : markdown.codes()) {
                String path = code.text()
                        .replaceFirst("^\\./", "")
                        .replaceFirst(":\\d+$", "")
                        .replaceFirst("/$", "");
                if (PATH.matcher(code.text()).matches() && !MADE.matcher(path).matches() && !there(world, path)) {
                    report.refuse(page, "line " + code.line(), "there is no " + code.text());
                }
            }
        });
    }

    private static boolean there(World world, String path) {
        if (world.repository().has(path)) {
            return true;
        }
        String glob = path.replaceAll("<[^>]*>|\\$\\{[^}]*\\}|(?<=/)[A-Z][A-Z0-9_-]*(?=/|$|\\.)|…|\\.\\.\\.", "*")
                .replace("{", "\\{")
                .replace("}", "\\}");
        if (!glob.contains("*")) {
            return false;
        }
        PathMatcher file = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        PathMatcher below = FileSystems.getDefault().getPathMatcher("glob:" + glob + "/**");
        return world.repository().files().stream()
                .map(Path::of)
                .anyMatch(candidate -> file.matches(candidate) || below.matches(candidate));
    }
}
