package org.pgrehearsal.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pgrehearsal.playbook.Performed;
import org.pgrehearsal.playbook.Playbook;
import org.pgrehearsal.playbook.PlaybookShell;
import org.pgrehearsal.playbook.Step;

/** Does in a drill what a playbook says, step by step; the first that fails or prints something else refutes the drill. */
final class PlaybookReader {
    private static final Duration DEADLINE = Duration.ofMinutes(8);

    private final Drill drill;
    private final Playbook playbook;
    private final Deque<Step> left;
    private final PlaybookShell shell;

    /**
     * Opens the page, and a shell in a clone.
     *
     * @param procedures those to do, beside the settings
     * @param clone      of the tree that is served
     * @param settings   variables of the shell; they win over those of the page
     */
    PlaybookReader(Drill drill, Path page, Set<String> procedures, Path clone, Map<String, String> settings) {
        this.drill = drill;
        playbook = Playbook.read(page);
        left = new ArrayDeque<>(playbook.of(procedures));
        shell = drill.undo()
                .closing(
                        "end the shell of the playbook",
                        PlaybookShell.open(
                                drill.commands(),
                                clone,
                                clone.resolveSibling(clone.getFileName() + "-steps"),
                                settings));
    }

    /** Does the steps up to one of some name, that one too. */
    void upTo(String title) throws Exception {
        if (left.stream().noneMatch(step -> step.title().equals(title))) {
            throw new IllegalStateException(
                    "the playbook " + playbook.page() + " has no step " + title + " where this drill looks for it");
        }
        while (!perform().equals(title)) {
            // goes on
        }
    }

    /** Does the steps that are left. */
    void toTheEnd() throws Exception {
        while (!left.isEmpty()) {
            perform();
        }
        drill.checked();
    }

    private String perform() throws Exception {
        Step step = left.removeFirst();
        Performed performed = drill.progress().phase("playbook: " + step.title(), () -> shell.perform(step, DEADLINE));
        keep(performed);
        drill.refuteIfAny(performed.problem().map(List::of).orElse(List.of()));
        return step.title();
    }

    private void keep(Performed performed) {
        String text = "# %s, line %d of %s: %.1f s, %s%n%s%s%n"
                .formatted(
                        performed.step().title(),
                        performed.step().line(),
                        playbook.page(),
                        performed.took().toMillis() / 1e3,
                        performed.exit() == null ? "did not end" : "exit " + performed.exit(),
                        performed.printed(),
                        performed.errors());
        try {
            Files.writeString(
                    drill.folder().resolve(playbook.page().toLowerCase(Locale.ROOT) + ".log"),
                    drill.rehearsal().redaction().apply(text),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep what the playbook printed: " + e.getMessage(), e);
        }
    }
}
