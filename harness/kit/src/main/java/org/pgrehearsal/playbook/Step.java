package org.pgrehearsal.playbook;

import org.jspecify.annotations.Nullable;

/**
 * A named block of shell.
 *
 * @param line   of the page, counted from 1
 * @param title  the name by which people speak of it, {@code PROCEDURE.STEP}
 * @param script its text
 * @param prints what it must print; null if it must only end with 0
 */
public record Step(
        int line, String title, String script, @Nullable Prints prints) {
    /** What it is a step of. */
    public String procedure() {
        return title.substring(0, title.indexOf('.'));
    }

    Step printing(Prints expected) {
        return new Step(line, title, script, expected);
    }
}
