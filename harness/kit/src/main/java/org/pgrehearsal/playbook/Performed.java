package org.pgrehearsal.playbook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;

/**
 * A step that was run.
 *
 * @param step     itself
 * @param exit     what the shell ended with because of it, 0 if it goes on; null if the step did not end in time
 * @param printed  its standard output
 * @param errors   its standard error
 * @param took     wall time
 */
public record Performed(Step step, @Nullable Integer exit, String printed, String errors, Duration took) {
    /** What is wrong: it failed, did not end, or printed something else than the page says. */
    public Optional<Finding> problem() {
        Prints prints = step.prints();
        String what;
        if (exit == null) {
            what = "did not end within " + took.toSeconds() + " s" + lastWords();
        } else if (exit != 0) {
            what = "ended with " + exit + lastWords();
        } else {
            Optional<String> refused = prints == null ? Optional.empty() : prints.refuses(printed);
            if (refused.isEmpty()) {
                return Optional.empty();
            }
            what = "did not print what the page says: " + refused.get();
        }
        List<String> evidence = new ArrayList<>();
        if (prints != null) {
            evidence.add("expected: " + String.join(" | ", prints.lines()));
        }
        evidence.add("printed: " + printed.strip().replaceAll("\\R", " | "));
        if (!errors.isBlank()) {
            evidence.add("errors: " + errors.strip().replaceAll("\\R", " | "));
        }
        return Optional.of(new Finding(Anomaly.PLAYBOOK_WRONG, 1, "the step " + step.title() + " " + what, evidence));
    }

    private String lastWords() {
        String said = errors.isBlank() ? printed.strip() : errors.strip();
        return said.isEmpty()
                ? ""
                : ": " + said.substring(said.lastIndexOf('\n') + 1).strip();
    }
}
