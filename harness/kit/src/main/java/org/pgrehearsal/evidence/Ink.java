package org.pgrehearsal.evidence;

import org.pgrehearsal.verdict.Verdict;

/** Colours of a terminal, or none. */
enum Ink {
    NONE,
    ANSI;

    /** What a piece of text is; the escape sequence that shows it (ECMA-48, SGR). */
    enum Colour {
        PLAIN(""),
        BOLD("1"),
        FAINT("2"),
        PROVED("32"),
        REFUTED("1;31"),
        INCONCLUSIVE("33");

        private final String code;

        Colour(String code) {
            this.code = code;
        }

        static Colour of(Tally tally) {
            if (tally.refuted() > 0) {
                return REFUTED;
            }
            return tally.inconclusive() > 0 || tally.drills() == 0 ? INCONCLUSIVE : PROVED;
        }
    }

    static Colour of(DrillRecord drill) {
        return switch (drill.verdict()) {
            case Verdict.Proved _ -> Colour.PROVED;
            case Verdict.Refuted _ -> Colour.REFUTED;
            case Verdict.Inconclusive _ -> Colour.INCONCLUSIVE;
        };
    }

    String paint(Colour colour, String text) {
        return this == NONE || colour.code.isEmpty() || text.isBlank()
                ? text
                : "\u001B[" + colour.code + "m" + text + "\u001B[0m";
    }
}
