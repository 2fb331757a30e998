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
        boolean c1 = within(point, 0x80, 0x9F);
        boolean halfPair = within(point, 0xD800, 0xDFFF);
        boolean lineBreak = within(point, 0x2028, 0x2029);
        boolean direction = within(point, 0x202A, 0x202E) || within(point, 0x2066, 0x2069);
        boolean noCharacter = (point & 0xFFFE) == 0xFFFE || within(point, 0xFDD0, 0xFDEF);
        return c1 || halfPair || lineBreak || direction || noCharacter ? REPLACEMENT : point;
    }

    private static boolean within(int point, int first, int last) {
        return point >= first && point <= last;
    }
}
