package org.pgrehearsal.drills;

/** A reason why a drill proves nothing either way. */
final class Doubt extends RuntimeException {
    private static final long serialVersionUID = 1;

    Doubt(String reason) {
        super(reason);
    }
}
