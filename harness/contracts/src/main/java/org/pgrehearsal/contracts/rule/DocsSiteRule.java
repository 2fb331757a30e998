package org.pgrehearsal.contracts.rule;

import java.nio.file.Path;
import org.pgrehearsal.contracts.tool.Tool;
import org.pgrehearsal.contracts.tree.World;
import org.pgrehearsal.process.Finished;

/** The site is built by mkdocs without a warning. */
record DocsSiteRule() implements Rule {
    private static final String CONFIGURATION = "docs/techdocs/mkdocs.yml";

    @Override
    public String name() {
        return "docs-site";
    }

    @Override
    public void check(World world, Report report) {
        if (!world.repository().files().contains(CONFIGURATION)) {
            return;
        }
        report.looked();
        Path copy = world.tools().directory("site");
        world.repository().copy(copy, "docs/techdocs");
        Finished built = world.tools()
                .run(
                        Tool.MKDOCS,
                        copy,
                        "build",
                        "--strict",
                        "--quiet",
                        "--config-file",
                        copy.resolve(CONFIGURATION),
                        "--site-dir",
                        copy.resolve("built"));
        if (!built.succeeded()) {
            (built.out() + "\n" + built.err())
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("WARNING") || line.startsWith("ERROR") || line.startsWith("Error"))
                    .filter(line -> !line.contains("Aborted with"))
                    .map(line -> line.replace(copy + "/", ""))
                    .forEach(line -> report.refuse(CONFIGURATION, "", line));
            if (report.findings().isEmpty()) {
                report.refuse(CONFIGURATION, "", "mkdocs: " + built.lastWords());
            }
        }
    }
}
