package org.pgrehearsal.ledger;

import java.util.Random;
import java.util.UUID;

/** What a writer is about to do: everything of a ledger row that is known before it is written. */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record Operation(
        int writer,
        long sequence,
        OperationKind kind,
        int debit,
        int credit,
        int amount,
        byte[] payload,
        byte[] previous,
        byte[] hash) {
    private static final int COMMON_PAYLOAD = 120;
    private static final int LARGE_PAYLOAD = 12_000;

    /**
     * The next operation of a writer, by its own random numbers.
     *
     * @param held how many operations the writer has begun that hold their locks for long
     */
    static Operation next(
            UUID run, int writer, long sequence, OperationKind kind, int held, byte[] previous, Random random) {
        boolean large = kind == OperationKind.LARGE_OBJECT || random.nextInt(100) == 0;
        byte[] payload = new byte[16 + random.nextInt(large ? LARGE_PAYLOAD : COMMON_PAYLOAD)];
        random.nextBytes(payload);
        int debit;
        int credit;
        if (holdsLocks(kind)) {
            // its own accounts, a pair for each that may be pending: nobody ever waits for a prepared transaction
            int pair = held % (LedgerSchema.PRIVATE_ACCOUNTS / 2);
            debit = LedgerSchema.accounts(writer) + 2 * pair;
            credit = debit + 1;
        } else {
            debit = random.nextInt(LedgerSchema.SHARED_ACCOUNTS);
            credit = (debit + 1 + random.nextInt(LedgerSchema.SHARED_ACCOUNTS - 1)) % LedgerSchema.SHARED_ACCOUNTS;
        }
        int amount = 1 + random.nextInt(1000);
        byte[] hash = LedgerRow.computeHash(run, writer, sequence, kind, debit, credit, amount, payload, previous);
        return new Operation(writer, sequence, kind, debit, credit, amount, payload, previous, hash);
    }

    static boolean holdsLocks(OperationKind kind) {
        return switch (kind) {
            case TWO_PHASE, TWO_PHASE_ABORT, LONG -> true;
            case TRANSFER, ABORT, SAVEPOINT, DDL, LARGE_OBJECT, SEQUENCE -> false;
        };
    }

    /** The name under which it is prepared. */
    String globalId(UUID run) {
        return run + "-" + writer + "-" + sequence;
    }

    /** The table that a DDL operation creates. */
    String tableName() {
        return "dr_ddl_" + writer + "_" + sequence;
    }
}
