package org.pgrehearsal.platform;

/** The machine lacks what a run needs: a program, a user, space, or a directory that can be used. The message is one line, with the remedy. */
public class MachineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MachineException(String message) {
        super(message);
    }

    public MachineException(String message, Throwable cause) {
        super(message, cause);
    }
}
