package org.pgrehearsal.wal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in the write-ahead log: an unsigned 64-bit byte offset, printed as PostgreSQL prints it ({@code 0/3000028}: two hexadecimal
 * numbers, the high and the low 32 bits).
 *
 * @param value the offset in bytes
 */
public record Lsn(long value) implements Comparable<Lsn> {
    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /** The position that PostgreSQL calls invalid. */
    public static final Lsn ZERO = new Lsn(0);

    /**
     * Reads the form {@code X/Y}.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static Lsn parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an LSN (expected a form like 0/3000028): " + text);
        }
        return new Lsn(Long.parseLong(matcher.group(1), 16) << 32 | Long.parseLong(matcher.group(2), 16));
    }

    /** The position {@code bytes} further on. */
    public Lsn plus(long bytes) {
        return new Lsn(value + bytes);
    }

    public boolean isBefore(Lsn other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toHexString(value >>> 32).toUpperCase(java.util.Locale.ROOT)
                + "/"
                + Long.toHexString(value & 0xFFFF_FFFFL).toUpperCase(java.util.Locale.ROOT);
    }
}
