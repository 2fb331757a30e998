package org.pgrehearsal.evidence.html;

import java.util.Locale;
import org.pgrehearsal.evidence.DrillRecord.Mark;

/** The signs on a lane. Each has a form of its own, so that none is told by its colour alone and all are seen where several lie at one place. */
final class Shapes {
    private final Html html;
    private final LogScale scale;

    Shapes(Html html, LogScale scale) {
        this.html = html;
        this.scale = scale;
    }

    void draw(Mark mark, double y) {
        double from = scale.at(mark.from());
        double to = scale.at(mark.to());
        String tone = "mark " + mark.kind().name().toLowerCase(Locale.ROOT);
        switch (mark.kind()) {
            case COMMITS -> bar(tone, from, to, y - 4, 8);
            case BACKUP -> bar(tone, from, to, y - 9, 4);
            case DAMAGE -> {
                if (from < to) {
                    bar(tone + " span", from, to, y - 4, 8);
                }
                double x = (from + to) / 2;
                path(tone, "M" + xy(x - 5, y - 5) + "l10,10m0,-10l-10,10");
            }
            case TARGET -> html.empty("circle", "class", tone, "cx", number(from), "cy", number(y), "r", "6");
            case FRONTIER -> path(tone, "M" + xy(from - 4, y - 10) + "h4v20h-4");
            case STOPPED -> path(tone, "M" + xy(from - 4, y - 4) + "h8v8h-8z");
            case FORK -> {}
        }
    }

    private void bar(String tone, double from, double to, double top, double height) {
        html.empty(
                "rect",
                "class",
                tone,
                "x",
                number(from),
                "y",
                number(top),
                "width",
                number(Math.max(2, to - from)),
                "height",
                number(height),
                "rx",
                "1.5");
    }

    private void path(String tone, String way) {
        html.empty("path", "class", tone, "d", way);
    }

    private static String xy(double x, double y) {
        return number(x) + "," + number(y);
    }

    private static String number(double value) {
        return Html.number(value);
    }
}
