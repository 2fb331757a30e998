package org.pgrehearsal.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import org.pgrehearsal.contracts.tool.Tool;
import org.pgrehearsal.contracts.tool.Toolbox;

/** The one box of tools of a test run, and what happens where one is missing. Its work directory goes away with the JVM. */
final class Lab {
    private static final Toolbox BOX = Toolbox.open();

    private Lab() {}

    /** The box with these tools in it. Where they are not there, the test has not run; or it fails, if {@code contracts.tools} is "required". */
    static Toolbox with(Tool... tools) {
        List<String> missing = BOX.missing(tools);
        String reason = "not run: " + String.join(", ", missing) + " is missing; scripts/setup --for tests installs it";
        if ("required".equals(System.getProperty("contracts.tools"))) {
            assertThat(missing).as(reason).isEmpty();
        }
        assumeThat(missing).as(reason).isEmpty();
        return BOX;
    }

    /** The box with all that the rules ask. */
    static Toolbox whole() {
        return with(Tool.HELM, Tool.KUSTOMIZE, Tool.KUBECONFORM, Tool.MKDOCS, Tool.GIT);
    }

    /** The box as it is, for what needs nothing in it. */
    static Toolbox any() {
        return BOX;
    }

    /** The repository that is judged. */
    static Path root() {
        return Path.of(System.getProperty("contracts.root", "../.."))
                .toAbsolutePath()
                .normalize();
    }
}
