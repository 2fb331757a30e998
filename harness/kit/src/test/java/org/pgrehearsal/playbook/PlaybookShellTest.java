package org.pgrehearsal.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.CommandFailed;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;
import org.pgrehearsal.undo.UndoStack;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;

class PlaybookShellTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final UndoStack undo = new UndoStack();
    private Path clone;
    private PlaybookShell shell;

    @BeforeEach
    void aShell() throws IOException {
        Path work = folder.resolve("work");
        Janitor janitor =
                undo.closing("end", Janitor.watch(work, UUID.randomUUID().toString(), false));
        Runner runner =
                new Runner(Account.self(), work, janitor, new Transcript(folder.resolve("log"), new Redaction()));
        clone = Files.createDirectory(folder.resolve("clone"));
        shell = undo.closing(
                "end the shell",
                PlaybookShell.open(runner, clone, folder.resolve("it's steps"), Map.of("APP", "mine")));
    }

    @AfterEach
    void away() {
        undo.close();
    }

    private static Step step(String script, String... prints) {
        return new Step(1, "copy.do", script, prints.length == 0 ? null : new Prints(List.of(prints), false));
    }

    private Finding wrong(Step step, Duration deadline) {
        return shell.perform(step, deadline).problem().orElseThrow();
    }

    @Test
    void variablesLiveFromStepToStepAndThoseOfTheDrillWin() {
        shell.perform(step("APP=${APP:-orders}\nWHERE=$(pwd)\n"), LONG);

        Performed performed = shell.perform(step("echo \"$APP\"\necho \"$WHERE\"", "mine", clone.toString()), LONG);

        assertThat(performed.problem()).isEmpty();
        assertThat(performed.printed()).isEqualTo("mine\n" + clone + "\n");
    }

    @Test
    void whatAStepSaysBesideItsOutputIsNotCompared() {
        assertThat(shell.perform(step("echo said >&2; echo printed", "printed"), LONG)
                        .problem())
                .isEmpty();
    }

    @Test
    void aCommandThatWantsInputGetsNone() {
        assertThat(shell.perform(step("cat; echo done", "done"), LONG).problem())
                .isEmpty();
        assertThat(shell.perform(step("echo next", "next"), LONG).problem()).isEmpty();
    }

    @Test
    void anotherOutputIsWrong() {
        Finding finding = wrong(step("echo other", "this"), LONG);

        assertThat(finding.anomaly()).isEqualTo(Anomaly.PLAYBOOK_WRONG);
        assertThat(finding.what())
                .isEqualTo(
                        "the step copy.do did not print what the page says: line 1 should be \"this\" and is \"other\"");
        assertThat(finding.evidence()).containsExactly("expected: this", "printed: other");
    }

    @Test
    void aFailureInAPipeOrOfAnUnsetVariableEndsTheShell() {
        assertThat(wrong(step("echo a\nfalse | cat\necho not reached"), LONG).what())
                .isEqualTo("the step copy.do ended with 1: a");
        assertThatThrownBy(() -> shell.perform(step("echo next"), LONG)).isInstanceOf(CommandFailed.class);
    }

    @Test
    void theLastWordsOfAFailureAreTold() {
        assertThat(wrong(step("echo \"$NEVER\""), LONG).what())
                .startsWith("the step copy.do ended with ")
                .endsWith("NEVER: unbound variable");
    }

    @Test
    void aStepThatEndsTheShellIsWrong() {
        assertThat(wrong(step("exit 0"), LONG).what()).isEqualTo("the step copy.do ended with 1");
    }

    @Test
    void aStepThatDoesNotEndIsWrongAndIsEnded() {
        assertThat(wrong(step("echo begun\nsleep 60"), Duration.ofSeconds(1)).what())
                .isEqualTo("the step copy.do did not end within 1 s: begun");
    }
}
