package org.pgrehearsal.evidence.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pgrehearsal.evidence.Columns;
import org.pgrehearsal.evidence.DrillRecord.Mark;
import org.pgrehearsal.wal.Lsn;

/** One picture of the log at one width: a lane for each timeline, forks between them, marks on them, then the labels over all lines. */
final class Drawing {
    private static final double MARGIN = 8;
    private static final double SMALLEST_GAP = 14;
    private static final double AXIS = 24;

    private final List<Lane> lanes = new ArrayList<>();
    private final LogScale scale;
    private final double width;
    private final double gutter;
    private final List<Mark> all;

    Drawing(List<Mark> marks, double width, double gutter) {
        this.width = width;
        this.gutter = gutter;
        this.all = marks;
        scale = new LogScale(
                marks.stream()
                        .flatMap(mark -> Stream.of(mark.from(), mark.to()))
                        .toList(),
                gutter,
                width - MARGIN,
                SMALLEST_GAP);
        Map<Integer, List<Mark>> byTimeline = new TreeMap<>();
        for (Mark mark : marks) {
            byTimeline.computeIfAbsent(mark.timeline(), _ -> new ArrayList<>()).add(mark);
            if (mark.kind() == Mark.Kind.FORK && mark.parent() > 0) {
                byTimeline.computeIfAbsent(mark.parent(), _ -> new ArrayList<>());
            }
        }
        Labels labels = new Labels(gutter, width);
        double top = 2;
        for (Map.Entry<Integer, List<Mark>> timeline : byTimeline.entrySet()) {
            Lane lane = Lane.lay(timeline.getKey(), timeline.getValue(), scale, labels, top);
            lanes.add(lane);
            top = lane.bottom() + 4;
        }
    }

    double height() {
        return lanes.getLast().bottom() + AXIS;
    }

    void write(Html html) {
        for (Lane lane : lanes) {
            line(html, lane);
        }
        all.stream().filter(mark -> mark.kind() == Mark.Kind.FORK).forEach(fork -> fork(html, fork));
        Shapes shapes = new Shapes(html, scale);
        for (Lane lane : lanes) {
            leaders(html, lane);
            lane.marks().stream().sorted(Comparator.comparing(Mark::kind)).forEach(mark -> shapes.draw(mark, lane.y()));
        }
        for (Lane lane : lanes) {
            String name = width < 400 ? "TL " + lane.timeline() : "timeline " + lane.timeline();
            text(html, name, 0, lane.y() + 4, "lane");
            for (Labels.Label label : lane.labels()) {
                String kind = tone(lane.marks().get(label.mark()));
                text(html, label.text(), label.from(), lane.baseline(label), "label " + kind);
            }
        }
        axis(html);
    }

    private void line(Html html, Lane lane) {
        double from = gutter;
        double to = gutter;
        boolean begins = false;
        for (Mark mark : lane.marks()) {
            to = Math.max(to, scale.at(mark.to()));
            if (mark.kind() == Mark.Kind.FORK) {
                from = scale.at(mark.from());
                begins = true;
            }
        }
        for (Mark mark : all) {
            if (mark.kind() == Mark.Kind.FORK && mark.parent() == lane.timeline()) {
                to = Math.max(to, scale.at(mark.from()));
            }
        }
        double start = begins ? from + Math.min(8, to - from) : from;
        path(html, "line", "M" + xy(start, lane.y()) + "H" + Html.number(Math.max(to, start)));
    }

    private void fork(Html html, Mark fork) {
        double x = scale.at(fork.from());
        double to = y(fork.timeline());
        double from = fork.parent() > 0 ? y(fork.parent()) : to;
        double bend = Math.min(8, Math.abs(to - from));
        path(html, "line", "M" + xy(x, from) + "L" + xy(x, to - bend) + "Q" + xy(x, to) + " " + xy(x + bend, to));
        html.empty("circle", "class", "joint", "cx", Html.number(x), "cy", Html.number(from), "r", "3.5");
    }

    private double y(int timeline) {
        return lanes.stream()
                .filter(lane -> lane.timeline() == timeline)
                .mapToDouble(Lane::y)
                .findFirst()
                .orElseThrow();
    }

    private static void leaders(Html html, Lane lane) {
        for (Labels.Label label : lane.labels()) {
            double end = lane.baseline(label) + (label.above() ? -8 : 2);
            path(
                    html,
                    "leader " + tone(lane.marks().get(label.mark())),
                    "M" + xy(label.x(), lane.y()) + "V" + Html.number(end));
        }
    }

    private void axis(Html html) {
        double y = height() - 5;
        long first = all.stream().map(Mark::from).min(Long::compareUnsigned).orElse(0L);
        long last = all.stream().map(Mark::to).max(Long::compareUnsigned).orElse(0L);
        String start = new Lsn(first).toString();
        String end = new Lsn(last).toString();
        path(html, "axis", "M" + xy(gutter, y - 13) + "H" + Html.number(width - MARGIN));
        text(html, start, gutter, y, "axis");
        if (first != last) {
            text(html, end, width - MARGIN - Columns.width(end) * Labels.CHARACTER, y, "axis");
        }
    }

    private static void text(Html html, String text, double x, double y, String kind) {
        if (text.isEmpty()) {
            return;
        }
        html.element(
                "text",
                text,
                "class",
                kind,
                "x",
                Html.number(x),
                "y",
                Html.number(y),
                "textLength",
                Html.number(Columns.width(text) * Labels.CHARACTER),
                "lengthAdjust",
                "spacingAndGlyphs");
    }

    private static void path(Html html, String kind, String way) {
        html.empty("path", "class", kind, "d", way);
    }

    private static String tone(Mark mark) {
        return mark.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String xy(double x, double y) {
        return Html.number(x) + "," + Html.number(y);
    }
}
