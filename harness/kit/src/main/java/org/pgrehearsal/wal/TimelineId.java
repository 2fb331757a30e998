package org.pgrehearsal.wal;

import java.util.Locale;

/**
 * The number of a timeline: 1 after initdb, one more than the highest known after each promotion.
 *
 * @param value 1 or more
 */
public record TimelineId(int value) implements Comparable<TimelineId> {
    public static final TimelineId FIRST = new TimelineId(1);

    public TimelineId {
        if (value < 1) {
            throw new IllegalArgumentException("a timeline is 1 or more, not " + value);
        }
    }

    public TimelineId next() {
        return new TimelineId(value + 1);
    }

    /** The name of this timeline's history file, such as {@code 00000002.history}. */
    public String historyFileName() {
        return hex() + ".history";
    }

    /** Eight hexadecimal digits, the first part of a segment's name. */
    public String hex() {
        return String.format(Locale.ROOT, "%08X", value);
    }

    @Override
    public int compareTo(TimelineId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
