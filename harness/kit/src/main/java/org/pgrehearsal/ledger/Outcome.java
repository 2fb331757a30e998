package org.pgrehearsal.ledger;

/** What a writer was told about its operation. */
public enum Outcome {
    /** Acknowledged: it must be there. */
    OK,
    /** Told, or decided by us, that it is not: it must never be there. */
    FAILED,
    /** No answer (connection lost with COMMIT under way): either is right, but whole. */
    UNKNOWN,
    /** Acknowledged (the COMMIT, or the PREPARE), and not known to the server that took over: a takeover lost it, so it must not be there. */
    LOST
}
