package org.pgrehearsal.check;

/**
 * The accounts between which the writers move amounts. They are numbered from 0.
 *
 * @param count   how many there are; 0 if the workload has none
 * @param initial what each held before the first operation
 */
public record Accounts(int count, long initial) {
    public Accounts {
        if (count < 0) {
            throw new IllegalArgumentException("a workload has 0 accounts or more, not " + count);
        }
    }

    /** A workload without accounts. */
    public static final Accounts NONE = new Accounts(0, 0);
}
