package org.pgrehearsal.evidence.html;

import java.time.Duration;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.evidence.Quantity;

/** When each phase ran, as bars over the drill's time, with how long it took and how fast it moved what it moved. */
final class PhaseBars {
    /** Percent of the width; a shorter bar would not be seen. */
    private static final double SHORTEST = 0.6;

    private final DrillRecord drill;
    private final Html html;

    PhaseBars(DrillRecord drill, Html html) {
        this.drill = drill;
        this.html = html;
    }

    void write() {
        html.element("h4", "Phases").open("table", "class", "phases").open("tbody");
        for (DrillRecord.Phase phase : drill.phases()) {
            html.open("tr").element("th", phase.name(), "scope", "row");
            html.open("td", "class", "track", "aria-hidden", "true");
            html.open("span", "class", "bar", "style", place(phase)).close().close();
            html.element("td", Quantity.time(phase.took()), "class", "time");
            String moved = phase.bytes() > 0 ? Quantity.bytes((double) phase.bytes()) : "";
            String rate = Quantity.rate(phase.bytes(), phase.took());
            html.element("td", rate.isEmpty() ? moved : moved + ", " + rate, "class", "rate")
                    .close();
        }
        html.close().close();
    }

    private String place(DrillRecord.Phase phase) {
        double whole = Math.max(1, drill.elapsed().toNanos());
        double width = Math.max(SHORTEST, percent(phase.took(), whole));
        double left = Math.clamp(percent(phase.from(), whole), 0, 100 - width);
        return "left:" + Html.number(left) + "%;width:" + Html.number(width) + "%";
    }

    private static double percent(Duration part, double whole) {
        return 100 * part.toNanos() / whole;
    }
}
