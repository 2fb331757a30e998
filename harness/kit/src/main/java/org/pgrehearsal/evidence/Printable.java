package org.pgrehearsal.evidence;

/**
 * Text from elsewhere (logs, rows, names), made harmless to show: no control character reaches a terminal, no character that XML forbids reaches
 * a document, and nothing reverses the direction of the text around it.
 */
public final class Printable {
    private static final int REPLACEMENT = 0xFFFD;

    private Printable() {}

    /** One line: control characters, line breaks among them, become the pictures that Unicode has for them (␀, ␛, ␊). */
    public static String line(String text) {
        return clean(text, false);
    }

    /** As {@link #line}, with tabs and line feeds kept. */
    public static String block(String text) {
        return clean(text, true);
    }

    private static String clean(String text, boolean layout) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(harmless(point, layout)));
        return clean.toString();
    }

    private static int harmless(int point, boolean layout) {
        if (layout && (point == '\n' || point == '\t')) {
            return point;
        }
        if (point < 0x20) {
            return 0x2400 + point;
        }
        if (point == 0x7F) {
            return 0x2421;
        }
        boolean c1 = point >= 0x80 && point < 0xA0;
        boolean halfPair = point >= 0xD800 && point < 0xE000;
        boolean lineBreak = point == 0x2028 || point == 0x2029;
        boolean direction = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
        boolean noCharacter = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
        return c1 || halfPair || lineBreak || direction || noCharacter ? REPLACEMENT : point;
    }
}
