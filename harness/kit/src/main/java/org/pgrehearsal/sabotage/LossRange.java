package org.pgrehearsal.sabotage;

import org.pgrehearsal.wal.Lsn;

/**
 * Where a loss must begin for a damage to explain it.
 *
 * @param from the first position
 * @param to   the position after the last one
 */
public record LossRange(Lsn from, Lsn to) {
    public LossRange {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("an empty range: [" + from + ", " + to + ")");
        }
    }

    /**
     * Whether the loss begins here.
     *
     * @param firstLost the end of the first lost commit's record
     */
    public boolean contains(Lsn firstLost) {
        return !firstLost.isBefore(from) && firstLost.isBefore(to);
    }

    @Override
    public String toString() {
        return "[" + from + ", " + to + ")";
    }
}
