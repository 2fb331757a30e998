package org.pgrehearsal.store;

import org.jspecify.annotations.Nullable;

/** A store could not be reached or refused; the message is one line with the thing and, where we know it, the remedy. */
public class StoreException extends RuntimeException {
    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
