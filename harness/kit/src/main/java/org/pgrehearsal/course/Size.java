package org.pgrehearsal.course;

import org.pgrehearsal.ledger.Workload;

/**
 * How much a course does.
 *
 * @param scale      pgbench's scale: some 16 MB of tables and indexes for each
 * @param writers    how many write at full speed
 * @param operations how many operations they begin after the backup; about as many come before and meanwhile
 */
public record Size(int scale, int writers, int operations) {
    /** Two courses may follow each other on one history: before and after a promotion. */
    private static final int COURSES = 2;

    /** Some tens of megabytes beside the ledger: on Kubernetes everything goes through pods that share the machine. */
    public static final Size TINY = new Size(2, 4, 1_600);

    /** A few hundred megabytes beside the ledger; a run of seconds. */
    public static final Size SMALL = new Size(13, 4, 4_000);

    /** One and a half gigabytes; minutes. */
    public static final Size MEDIUM = new Size(100, 4, 40_000);

    /** Eight gigabytes. */
    public static final Size LARGE = new Size(500, 8, 400_000);

    /** How many numbers of writers a ledger has accounts for. */
    public int writerNumbers() {
        return COURSES * Workload.numbers(writers);
    }
}
