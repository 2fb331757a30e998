package org.pgrehearsal.check;

import java.util.BitSet;

/** What was seen of one writer's operations in the restored database. */
final class Restored {
    private final BitSet ledger;
    private final BitSet twin;
    private final BitSet known;
    private final int[] tail;

    Restored(int operations) {
        ledger = new BitSet(operations);
        twin = new BitSet(operations);
        known = new BitSet(operations);
        tail = new int[operations];
    }

    /** Notes a ledger row; true if it was there before. */
    boolean ledger(long sequence) {
        return set(ledger, sequence);
    }

    /** Notes a twin row; true if it was there before. */
    boolean twin(long sequence) {
        return set(twin, sequence);
    }

    boolean hasLedger(int sequence) {
        return ledger.get(sequence);
    }

    boolean hasTwin(int sequence) {
        return twin.get(sequence);
    }

    /**
     * Whether this hash agrees with those of the operation's other rows so far; an altered ledger row has no say. The history settles the first eight bytes; the other 24 are
     * kept as a sum of 32 bits, in which a change of any one byte always shows.
     */
    boolean agree(long sequence, byte[] hash) {
        int index = (int) sequence;
        int sum = 0;
        for (int i = Long.BYTES; i < hash.length; i++) {
            sum = sum * 31 + hash[i];
        }
        if (!known.get(index)) {
            known.set(index);
            tail[index] = sum;
        }
        return tail[index] == sum;
    }

    private static boolean set(BitSet bits, long sequence) {
        boolean before = bits.get((int) sequence);
        bits.set((int) sequence);
        return before;
    }
}
