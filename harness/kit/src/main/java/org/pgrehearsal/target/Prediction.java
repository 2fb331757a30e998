package org.pgrehearsal.target;

import org.jspecify.annotations.Nullable;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TransactionRecord;

/** What PostgreSQL must do with a target, by its own rules. */
public sealed interface Prediction {
    /**
     * It stops.
     *
     * @param before transactions whose record starts before this are in, all others are not
     * @param point  what the server's log must say
     * @param exact  whether the position in {@code point} is known to the byte; not, if the dump did not show the record that decides
     * @param why    one sentence
     * @param at     the transaction record that decides; null if none does
     */
    record Stop(
            Lsn before,
            StopPoint point,
            boolean exact,
            String why,
            @Nullable TransactionRecord at) implements Prediction {}

    /** It must refuse, loudly, and not promote. */
    record Refusal(Reason reason, String why) implements Prediction {}

    /** The facts at hand do not say. */
    record Undecided(String why) implements Prediction {}

    /** Why PostgreSQL refuses, with the words of its FATAL message that do not vary. */
    enum Reason {
        NEVER_REACHED("recovery ended before configured recovery target was reached"),
        BEFORE_CONSISTENCY("requested recovery stop point is before consistent recovery point"),
        ENDS_BEFORE_CONSISTENCY("WAL ends before "),
        NO_SUCH_TIMELINE("recovery target timeline "),
        NOT_A_CHILD("is not a child of this server's history");

        private final String message;

        Reason(String message) {
            this.message = message;
        }

        /** A part of the FATAL message by which it is known. */
        public String message() {
            return message;
        }
    }
}
