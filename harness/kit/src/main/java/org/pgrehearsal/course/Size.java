package org.pgrehearsal.course;

/**
 * How much a course does.
 *
 * @param scale      pgbench's scale: some 16 MB of tables and indexes for each
 * @param writers    how many write at full speed
 * @param operations how many operations they begin after the backup; about as many come before and meanwhile
 */
public record Size(int scale, int writers, int operations) {
    /** A few hundred megabytes beside the ledger; a run of seconds. */
    public static final Size SMALL = new Size(13, 4, 4_000);

    /** One and a half gigabytes; minutes. */
    public static final Size MEDIUM = new Size(100, 4, 40_000);

    /** Eight gigabytes. */
    public static final Size LARGE = new Size(500, 8, 400_000);
}
