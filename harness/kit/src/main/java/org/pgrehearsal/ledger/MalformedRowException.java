package org.pgrehearsal.ledger;

/** A restored row holds what no writer writes: a null, a value of the wrong size, a kind that does not exist. That is damage, not our error. */
public final class MalformedRowException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedRowException(String what) {
        super(what);
    }
}
