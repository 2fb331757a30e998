package org.pgrehearsal.contracts.rule;

import java.nio.file.Path;
import java.util.List;
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
    public List<String> reads() {
        return List.of("docs");
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
                        "--config-file",
                        copy.resolve(CONFIGURATION),
                        "--site-dir",
                        copy.resolve("built"));
        boolean outside = false;
        for (String line : (built.out() + "\n" + built.err()).lines().toList()) {
            String said = line.strip().replace(copy + "/", "");
            if (said.matches("(WARNING|ERROR|Error).*")) {
                report.refuse(CONFIGURATION, "", said);
            }
            if (outside && said.startsWith("- ")) {
                report.refuse(CONFIGURATION, "", said.substring(2) + " is in no nav: nobody finds it");
            }
            outside = said.contains("are not included in the \"nav\"") || (outside && said.startsWith("- "));
        }
        if (!built.succeeded() && report.findings().isEmpty()) {
            report.refuse(CONFIGURATION, "", "mkdocs: " + built.lastWords());
        }
    }
}
