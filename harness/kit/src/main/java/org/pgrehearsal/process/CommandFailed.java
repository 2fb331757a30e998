package org.pgrehearsal.process;

/** A command that ended with another exit code than 0, or not in time. The message is one line. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandFailed(Finished finished) {
        super(finished.command().program() + " failed with exit code " + finished.exit() + ": " + finished.lastWords());
    }

    public CommandFailed(String message) {
        super(message);
    }

    public CommandFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
