package org.pgrehearsal.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** What the user looks at. */
final class Terminal {
    private static final int DEFAULT_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;

    private Terminal() {}

    /** Whether a person is watching, so that lines may be overwritten. */
    static boolean isInteractive() {
        return isTerminal(System.console()) && !"dumb".equals(System.getenv("TERM"));
    }

    private static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    /** Whether colours are wanted (see no-color.org). */
    static boolean hasColours() {
        return isInteractive() && System.getenv("NO_COLOR") == null;
    }

    /** Columns, as the shell exports them. */
    static int width() {
        String columns = System.getenv("COLUMNS");
        if (columns == null || !columns.matches("\\d{1,4}")) {
            return DEFAULT_WIDTH;
        }
        return Math.max(LEAST_WIDTH, Integer.parseInt(columns));
    }
}
