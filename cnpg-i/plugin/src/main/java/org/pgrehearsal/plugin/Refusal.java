package org.pgrehearsal.plugin;

import io.grpc.Status;

/** A request that cannot be fulfilled, with what CloudNativePG needs to know about it and one line that names the thing and the remedy. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Status.Code code;

    private Refusal(Status.Code code, String message) {
        super(message);
        this.code = code;
    }

    /** The request itself is wrong: nobody should repeat it as it is. */
    public static Refusal badRequest(String message) {
        return new Refusal(Status.Code.INVALID_ARGUMENT, message);
    }

    /** Somebody has to change something first. */
    public static Refusal precondition(String message) {
        return new Refusal(Status.Code.FAILED_PRECONDITION, message);
    }

    /** Trouble that may pass: it says nothing about what the repository holds. */
    public static Refusal unavailable(String message) {
        return new Refusal(Status.Code.UNAVAILABLE, message);
    }

    /** The repository was asked, and does not have it. */
    public static Refusal notFound(String message) {
        return new Refusal(Status.Code.NOT_FOUND, message);
    }

    /** The repository was asked, and lacks what it must have. */
    public static Refusal dataLoss(String message) {
        return new Refusal(Status.Code.DATA_LOSS, message);
    }

    public Status.Code code() {
        return code;
    }

    /** Whether another try may succeed without anybody doing anything here. */
    public boolean mayPass() {
        return code == Status.Code.UNAVAILABLE;
    }

    /** For the wire. */
    public Status status() {
        return Status.fromCode(code).withDescription(getMessage()).withCause(this);
    }
}
