package org.pgrehearsal.wal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code pg_waldump}: the head that every record has, and the rest as text.
 *
 * @param resourceManager {@code Transaction}, {@code XLOG}, {@code Heap}…
 * @param length          bytes of the whole record, full-page images included, padding not
 * @param xid             the transaction that wrote it, 0 for none (32 bits: the epoch is not in the log)
 * @param start           where the record starts
 * @param previous        where the record before it starts, whether the dump shows that one or not
 * @param what            the first word of the description, such as {@code COMMIT}
 * @param detail          what follows that word, stripped
 */
public record WalLine(
        String resourceManager, long length, long xid, Lsn start, Lsn previous, String what, String detail) {
    private static final Pattern FORM =
            Pattern.compile("rmgr: (\\S+)\\s+len \\(rec/tot\\): +\\d+/ *(\\d+), tx: +(\\d+), "
                    + "lsn: ([0-9A-F]+/[0-9A-F]+), prev ([0-9A-F]+/[0-9A-F]+), desc: (\\S+) ?(.*)");

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if the line is not a record; the message has the line
     */
    public static WalLine parse(String line) {
        Matcher matcher = FORM.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a record as pg_waldump 13 to 18 prints it: " + line);
        }
        return new WalLine(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Lsn.parse(matcher.group(4)),
                Lsn.parse(matcher.group(5)),
                matcher.group(6),
                matcher.group(7).strip());
    }
}
