package org.pgrehearsal.wal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of the write-ahead log.
 *
 * <p>The name is 24 hexadecimal digits: timeline, then the segment's number in two parts, of which the second counts the segments of one
 * 4 GiB "log" (PostgreSQL, {@code xlog_internal.h}, {@code XLogFileName}).
 *
 * @param timeline the timeline it was written on
 * @param number   its place in the log: start position divided by the size
 * @param size     bytes in a segment, a power of two from 1 MiB to 1 GiB
 */
public record WalSegment(TimelineId timeline, long number, int size) implements Comparable<WalSegment> {
    /** The size that initdb chooses when it is not told otherwise. */
    public static final int DEFAULT_SIZE = 16 * 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})");

    /** The segment that holds a position. */
    public static WalSegment containing(TimelineId timeline, Lsn lsn, int size) {
        return new WalSegment(timeline, Long.divideUnsigned(lsn.value(), size), size);
    }

    /**
     * Reads a segment's file name.
     *
     * @throws IllegalArgumentException if the text is not 24 upper-case hexadecimal digits
     */
    public static WalSegment parse(String name, int size) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the name of a WAL segment: " + name);
        }
        long log = Long.parseLong(matcher.group(2), 16);
        long part = Long.parseLong(matcher.group(3), 16);
        return new WalSegment(
                new TimelineId(Integer.parseUnsignedInt(matcher.group(1), 16)), log * perLog(size) + part, size);
    }

    /** Whether a file name is that of a whole segment (not a history file, a partial one or a backup label). */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    public String name() {
        return String.format(Locale.ROOT, "%s%08X%08X", timeline.hex(), number / perLog(size), number % perLog(size));
    }

    /** The position of the first byte. */
    public Lsn start() {
        return new Lsn(number * size);
    }

    /** The position after the last byte. */
    public Lsn end() {
        return new Lsn((number + 1) * size);
    }

    public WalSegment next() {
        return new WalSegment(timeline, number + 1, size);
    }

    public boolean contains(Lsn lsn) {
        return !lsn.isBefore(start()) && lsn.isBefore(end());
    }

    @Override
    public int compareTo(WalSegment other) {
        int byTimeline = timeline.compareTo(other.timeline);
        return byTimeline != 0 ? byTimeline : Long.compareUnsigned(number, other.number);
    }

    @Override
    public String toString() {
        return name();
    }

    private static long perLog(int size) {
        return 0x1_0000_0000L / size;
    }
}
