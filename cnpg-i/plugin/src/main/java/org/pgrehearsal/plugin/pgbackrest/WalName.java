package org.pgrehearsal.plugin.pgbackrest;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of files in an archive. */
public final class WalName {
    /** The usual size of a segment. */
    public static final long USUAL_SIZE = 16 << 20;

    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");
    private static final Pattern ANY =
            Pattern.compile("[0-9A-F]{24}(\\.partial|\\.[0-9A-F]{8}\\.backup)?|[0-9A-F]{8}\\.history");

    private WalName() {}

    public static boolean isSegment(String name) {
        return SEGMENT.matcher(name).matches();
    }

    /** Whether PostgreSQL archives or asks for files of such a name. */
    public static boolean isValid(String name) {
        return ANY.matcher(name).matches();
    }

    /** The eight digits of the timeline. */
    public static String timeline(String segment) {
        return segment.substring(0, 8);
    }

    /** The position of a segment among those of its timeline. */
    public static long number(String segment, long size) {
        long log = Long.parseLong(segment.substring(8, 16), 16);
        return log * perLog(size) + Long.parseLong(segment.substring(16), 16);
    }

    /** The name of the segment at a position. */
    public static String at(String timeline, long number, long size) {
        return String.format(Locale.ROOT, "%s%08X%08X", timeline, number / perLog(size), number % perLog(size));
    }

    /** The position of the segment that holds an address such as {@code 1/6B000110}. */
    public static long numberOf(String lsn, long size) {
        int slash = lsn.indexOf('/');
        return Long.parseLong(lsn.substring(0, slash), 16) * perLog(size)
                + Long.parseLong(lsn.substring(slash + 1), 16) / size;
    }

    private static long perLog(long size) {
        return 0x1_0000_0000L / size;
    }
}
