package org.pgrehearsal.plugin.kubernetes;

/** A request that the API refused, or that did not reach it. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    ApiError(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP's status, or 0 if there was no answer. */
    public int status() {
        return status;
    }
}
