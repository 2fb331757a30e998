package org.pgrehearsal.process;

import java.time.Duration;

/**
 * A command that has ended by itself.
 *
 * @param command what was run
 * @param exit    its exit code; 128 and the signal's number if a signal ended it
 * @param out     standard output (the first megabytes of it)
 * @param err     standard error (likewise)
 * @param took    wall time
 */
public record Finished(Command command, int exit, String out, String err, Duration took) {
    public boolean succeeded() {
        return exit == 0;
    }

    /**
     * This, if the exit code is 0.
     *
     * @throws CommandFailed otherwise, with the last line of what it said
     */
    public Finished orFail() {
        if (exit != 0) {
            throw new CommandFailed(this);
        }
        return this;
    }

    /** The last line that says something, standard error first: most programs put their reason there. */
    public String lastWords() {
        for (String text : new String[] {err, out}) {
            String last = text.strip();
            if (!last.isEmpty()) {
                return last.substring(last.lastIndexOf('\n') + 1).strip();
            }
        }
        return "(it said nothing)";
    }
}
