package org.pgrehearsal.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybookTest {
    private static final String PAGE = """
            # A page
            ```bash title="copy.create"
            kubectl apply
            ```
            ```bash title="settings.names"
            APP=${APP:-orders}
            ```
            ```text title="copy.create prints"
            created
            ```
            ```bash
            an example
            ```
            ```yaml title="kubernetes/apps/example.yaml"
            a: 1
            ```
            ```bash title="rebuild.edit"
            sed
            ```
            ```text title="rebuild.edit prints, among other lines"
            +
            ```
            ```bash title="copy.clean"
            kubectl delete
            ```
            """;

    @TempDir
    Path folder;

    @Test
    void aDrillGetsTheSettingsAndThenItsProceduresInTheOrderOfThePage() {
        Playbook page = Playbook.of("page", PAGE);

        assertThat(page.problems()).isEmpty();
        assertThat(page.of(Set.of("copy")))
                .extracting(Step::title)
                .containsExactly("settings.names", "copy.create", "copy.clean");
        assertThat(page.of(Set.of("copy")).get(1).script()).isEqualTo("kubectl apply\n");
    }

    @Test
    void aStepKnowsWhatItPrints() {
        Playbook page = Playbook.of("page", PAGE);

        assertThat(page.steps())
                .extracting(Step::prints)
                .containsExactly(
                        new Prints(java.util.List.of("created"), false),
                        null,
                        new Prints(java.util.List.of("+"), true),
                        null);
    }

    @Test
    void aProcedureThatIsNotThereIsSaid() {
        Playbook page = Playbook.of("page", PAGE);
        assertThatThrownBy(() -> page.of(Set.of("copy", "promote"))).hasMessage("page has no procedure promote");
    }

    @Test
    void aPageThatBreaksTheRulesIsNotRun() throws IOException {
        Path file = folder.resolve("page.md");
        Files.writeString(file, PAGE.replace("text title=\"copy.create prints\"", "text title=\"copy.made prints\""));
        assertThatThrownBy(() -> Playbook.read(file))
                .hasMessage(file + ", line 9: no step before it is called copy.made");
    }
}
