package org.pgrehearsal.wal;

/** Finds the record that ended a transaction by its number: an open hash table of positions, four to eight bytes a transaction. */
final class EndingIndex {
    private final TransactionColumns records;
    /** 0 for free, else 1 + the position of a record, or 1 + all records + the position of a subtransaction. */
    private final int[] slots;

    private final int shift;

    EndingIndex(TransactionColumns records) {
        this.records = records;
        long wanted = Math.max(16, (records.size() + (long) records.children()) * 3 / 2);
        int bits = Long.SIZE - Long.numberOfLeadingZeros(wanted - 1);
        slots = new int[1 << bits];
        shift = Long.SIZE - bits;
        for (int i = 0; i < records.size(); i++) {
            if (records.kind(i) != TransactionRecord.Kind.PREPARE) {
                slots[slot(records.xid(i))] = i + 1;
            }
        }
        for (int i = 0; i < records.children(); i++) {
            if (records.kind(records.parent(i)) != TransactionRecord.Kind.PREPARE) {
                slots[slot(records.child(i))] = records.size() + i + 1;
            }
        }
    }

    /** The position of the record that ended the transaction or its subtransaction; -1 if there is none. */
    int find(long xid) {
        int entry = slots[slot(xid)];
        if (entry == 0) {
            return -1;
        }
        return entry <= records.size() ? entry - 1 : records.parent(entry - 1 - records.size());
    }

    /** Where this number is, or where it would go. */
    private int slot(long xid) {
        int at = (int) ((xid * 0x9E37_79B9_7F4A_7C15L) >>> shift);
        while (slots[at] != 0 && key(slots[at]) != xid) {
            at = (at + 1) & (slots.length - 1);
        }
        return at;
    }

    private long key(int entry) {
        return entry <= records.size() ? records.xid(entry - 1) : records.child(entry - 1 - records.size());
    }
}
