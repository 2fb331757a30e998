package org.pgrehearsal.sabotage;

import java.util.SplittableRandom;

/** Where in a decoded segment a flipped byte is sure to hurt. */
final class WalPages {
    private static final int PAGE = 8192;

    /** Covers the page header and, on a segment's first page, its long form (PostgreSQL, {@code xlog_internal.h}). */
    private static final int HEADER = 40;

    private WalPages() {}

    /**
     * A byte of a record, about the middle of what was written. Not one of a page header, and not a zero: padding between records and the
     * rest of a segment after a switch are zeros that no checksum covers.
     *
     * @throws IllegalArgumentException if the segment holds no record
     */
    static int offsetInRecord(byte[] segment, SplittableRandom chance) {
        int end = segment.length;
        while (end > 0 && !isInRecord(segment, end - 1)) {
            end--;
        }
        if (end == 0) {
            throw new IllegalArgumentException("the segment holds no record");
        }
        int offset = end / 4 + chance.nextInt(Math.max(1, end / 2));
        while (!isInRecord(segment, offset)) {
            offset++;
        }
        return offset;
    }

    private static boolean isInRecord(byte[] segment, int offset) {
        return offset % PAGE >= HEADER && segment[offset] != 0;
    }
}
