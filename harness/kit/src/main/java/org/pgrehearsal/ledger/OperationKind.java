package org.pgrehearsal.ledger;

/** What one operation's transaction does besides its ledger row, its twin and its transfer. */
public enum OperationKind {
    /** Nothing more: the common case. */
    TRANSFER(0),
    /** Rolled back by the client after everything was written. */
    ABORT(1),
    /** One savepoint rolled back (its row must never be seen), one released (its twin must be). */
    SAVEPOINT(2),
    /** Prepared, then committed in a second step. */
    TWO_PHASE(3),
    /** Prepared, then rolled back in a second step. */
    TWO_PHASE_ABORT(4),
    /** Creates a table that is named after the operation. */
    DDL(5),
    /** Writes a large object whose content is the payload. */
    LARGE_OBJECT(6),
    /** Takes a number from a sequence. */
    SEQUENCE(7),
    /** Stays open while the others go on, for a good part of the workload. */
    LONG(8);

    private final byte code;

    OperationKind(int code) {
        this.code = (byte) code;
    }

    /** The number that stands for the kind in a row and in its hash. Never reused. */
    public byte code() {
        return code;
    }

    /**
     * The kind that a row's number stands for.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static OperationKind ofCode(int code) {
        for (OperationKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of operation has the number " + code);
    }
}
