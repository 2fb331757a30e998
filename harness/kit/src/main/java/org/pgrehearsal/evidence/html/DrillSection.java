package org.pgrehearsal.evidence.html;

import java.util.List;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.evidence.Quantity;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.verdict.Verdict;

/** Everything about one drill; folded away when it was proved. */
final class DrillSection {
    private final DrillRecord drill;
    private final int index;
    private final Html html;

    DrillSection(DrillRecord drill, int index, Html html) {
        this.drill = drill;
        this.index = index;
        this.html = html;
    }

    void write() {
        boolean folded = drill.verdict() instanceof Verdict.Proved;
        html.newline().open("details", "class", "drill " + Page.tone(drill), folded ? "" : "open", "");
        html.open("summary");
        html.element("span", drill.outcome(), "class", "outcome " + Page.tone(drill));
        html.open("h3").text(drill.scenario()).close();
        html.element("span", drill.system(), "class", "system");
        html.element("span", Quantity.time(drill.elapsed()), "class", "time");
        html.close();
        // a link to something inside a folded element unfolds it; a link to the element itself does not
        html.open("div", "class", "body", "id", Page.anchor(index));
        html.open("p").text(drill.summary()).close();
        if (drill.control()) {
            html.element(
                    "p",
                    "A control: damage was done on purpose, and the drill is proved if the damage is found.",
                    "class",
                    "quiet");
        }
        verdict();
        if (!drill.picture().isEmpty()) {
            new Picture(drill, index, html).write();
        }
        if (!drill.phases().isEmpty()) {
            new PhaseBars(drill, html).write();
        }
        list("Observations", drill.observations());
        measurements();
        log();
        folder();
        html.close().close();
    }

    private void verdict() {
        switch (drill.verdict()) {
            case Verdict.Proved _ -> {}
            case Verdict.Refuted refuted -> {
                html.element("h4", "Findings");
                refuted.findings().forEach(this::finding);
            }
            case Verdict.Inconclusive inconclusive -> list("Why it cannot be said", inconclusive.reasons());
        }
    }

    private void finding(Finding finding) {
        html.open("div", "class", "finding");
        html.open("p").element("b", finding.anomaly().summary());
        if (finding.count() > 1) {
            html.text(" ").element("span", Quantity.number(finding.count()) + " times", "class", "time");
        }
        html.empty("br").text(finding.what()).close();
        if (!finding.evidence().isEmpty()) {
            html.element("pre", String.join("\n", finding.evidence()));
        }
        long more = finding.count() - finding.evidence().size();
        if (more > 0 && !finding.evidence().isEmpty()) {
            html.element("p", Quantity.number(more) + " more like these.", "class", "quiet");
        }
        html.close();
    }

    private void list(String heading, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        html.element("h4", heading).open("ul");
        sentences.forEach(sentence -> html.element("li", sentence));
        html.close();
    }

    private void measurements() {
        if (drill.measurements().isEmpty()) {
            return;
        }
        html.element("h4", "Counted and measured")
                .open("table", "class", "numbers")
                .open("tbody");
        for (Measurement measurement : drill.measurements()) {
            html.open("tr").element("th", measurement.name(), "scope", "row");
            html.element("td", Quantity.of(measurement)).close();
        }
        html.close().close();
    }

    private void log() {
        if (drill.log().isEmpty()) {
            return;
        }
        html.element("h4", "From the log");
        html.element("pre", String.join("\n", drill.log()), "tabindex", "0");
    }

    private void folder() {
        html.open("p", "class", "quiet").text("Began " + Page.time(drill.started()) + ".");
        if (!drill.folder().isEmpty()) {
            html.text(" Everything it left behind: ");
            html.open("a", "href", Links.relative(drill.folder()))
                    .element("code", drill.folder() + "/")
                    .close();
        }
        html.close();
    }
}
