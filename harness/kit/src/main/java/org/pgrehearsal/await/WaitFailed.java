package org.pgrehearsal.await;

/** A wait that came to nothing. The message says for what, how long, and what was seen last. */
public final class WaitFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    WaitFailed(String message) {
        super(message);
    }

    WaitFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
