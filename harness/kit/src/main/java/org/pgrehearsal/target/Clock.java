package org.pgrehearsal.target;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Times as PostgreSQL reads and prints them in ISO style: {@code 2026-11-21 11:01:13.749593+00}. */
final class Clock {
    private static final DateTimeFormatter PRINTED = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS'+00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /** The server drops trailing zeros of the fraction, and the minutes of a zone of whole hours. */
    private static final DateTimeFormatter LOGGED = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .appendOffset("+HH:mm:ss", "+00")
            .toFormatter(Locale.ROOT);

    private Clock() {}

    /** In UTC, to the microsecond. */
    static String print(Instant at) {
        return PRINTED.format(at);
    }

    /** From any zone that the server's log may be in. */
    static Instant parse(String text) {
        return OffsetDateTime.parse(text, LOGGED).toInstant();
    }
}
