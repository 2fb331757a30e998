package org.pgrehearsal.target;

/**
 * A target worth trying.
 *
 * @param kind   what is special about it
 * @param target the target
 * @param why    one sentence for the reader, with the transactions and positions that make it special
 */
public record ChosenTarget(Kind kind, RecoveryTarget target, String why) {
    /** What can go wrong there. */
    public enum Kind {
        TIME_BETWEEN_NEIGHBOURS,
        LSN_BETWEEN_NEIGHBOURS,
        MIDDLE_COMMIT,
        ENDS_OUT_OF_NUMBER_ORDER,
        CLOCK_INVERSION,
        INSIDE_LONG_TRANSACTION,
        BETWEEN_PREPARE_AND_COMMIT,
        WITH_SUBTRANSACTIONS,
        XID_THAT_NEVER_ENDED,
        TIME_AFTER_THE_END,
        TIME_BEFORE_THE_BACKUP
    }
}
