package org.pgrehearsal.undo;

/** Something that could not be undone. */
public final class UndoFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    UndoFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
