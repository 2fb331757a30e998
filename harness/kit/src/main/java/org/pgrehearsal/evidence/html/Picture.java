package org.pgrehearsal.evidence.html;

import java.util.Comparator;
import java.util.stream.Collectors;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.evidence.DrillRecord.Mark;
import org.pgrehearsal.wal.Lsn;

/**
 * The timeline of a drill: a drawing for wide screens and one for phones, of which the style sheet shows one, and the same in words and exact
 * positions.
 */
final class Picture {
    private static final double WIDE = 760;
    private static final double NARROW = 300;

    private final DrillRecord drill;
    private final int index;
    private final Html html;

    Picture(DrillRecord drill, int index, Html html) {
        this.drill = drill;
        this.index = index;
        this.html = html;
    }

    void write() {
        html.element("h4", "In the log").open("figure");
        svg("wide", WIDE, 76);
        svg("narrow", NARROW, 34);
        html.open("figcaption", "class", "quiet")
                .text("Left to right is the order of the log; marks that lie close together are spread apart.")
                .close()
                .close();
        positions();
    }

    private void svg(String name, double width, double gutter) {
        Drawing drawing = new Drawing(drill.picture(), width, gutter);
        String id = name + "-" + (index + 1);
        html.open(
                "svg",
                "class",
                "picture " + name,
                "viewBox",
                "0 0 " + Html.number(width) + " " + Html.number(drawing.height()),
                "role",
                "img",
                "aria-labelledby",
                "t-" + id + " d-" + id);
        html.element("title", "The log of: " + drill.scenario(), "id", "t-" + id);
        html.element("desc", description(), "id", "d-" + id);
        drawing.write(html);
        html.close();
    }

    private String description() {
        return drill.picture().stream()
                .sorted(Comparator.comparingInt(Mark::timeline).thenComparingLong(Mark::from))
                .map(mark -> "Timeline " + mark.timeline() + ": " + Words.label(mark) + ", " + place(mark) + ".")
                .collect(Collectors.joining(" "));
    }

    private void positions() {
        html.open("details", "class", "positions")
                .element("summary", "Positions")
                .open("table")
                .open("tbody");
        for (Mark mark : drill.picture()) {
            html.open("tr").element("th", Words.label(mark), "scope", "row");
            html.element("td", "timeline " + mark.timeline())
                    .element("td", place(mark))
                    .close();
        }
        html.close().close().close();
    }

    private static String place(Mark mark) {
        String from = new Lsn(mark.from()).toString();
        return mark.from() == mark.to() ? from : from + " to " + new Lsn(mark.to());
    }
}
