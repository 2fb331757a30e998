package org.pgrehearsal.evidence.html;

import java.util.List;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.evidence.Quantity;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.evidence.Tally;
import org.pgrehearsal.verdict.Verdict;

/** The head of the page: the verdict in words and numbers, and why whatever is not proved is not. */
final class Verdicts {
    private final RunRecord run;
    private final Tally tally;
    private final Html html;

    Verdicts(RunRecord run, Tally tally, Html html) {
        this.run = run;
        this.tally = tally;
        this.html = html;
    }

    void write() {
        html.open("header", "class", tone());
        html.element("h1", tally.headline());
        html.open("ul", "class", "reasons");
        for (int i = 0; i < run.drills().size(); i++) {
            reason(run.drills().get(i), i);
        }
        html.close();
        tally.remarks().forEach(remark -> html.element("p", remark));
        html.open("p", "class", "quiet").text("pgrehearsal, ");
        html.element("time", Page.time(run.started()), "datetime", run.started().toString());
        html.text(", " + Quantity.time(run.elapsed()) + ", platform " + run.platform() + ", store " + run.store());
        html.close().close();
    }

    private String tone() {
        if (tally.refuted() > 0) {
            return "refuted";
        }
        return tally.inconclusive() > 0 || tally.drills() == 0 ? "inconclusive" : "proved";
    }

    private void reason(DrillRecord drill, int index) {
        List<String> sentences = switch (drill.verdict()) {
            case Verdict.Proved _ -> List.of();
            case Verdict.Refuted refuted ->
                refuted.findings().stream().map(finding -> finding.what()).toList();
            case Verdict.Inconclusive inconclusive -> inconclusive.reasons();
        };
        if (sentences.isEmpty()) {
            return;
        }
        html.open("li").element("b", drill.outcome(), "class", Page.tone(drill)).open("div");
        html.element("a", drill.scenario(), "href", "#" + Page.anchor(index)).text(" ");
        html.element("span", drill.system(), "class", "system");
        String more = sentences.size() > 1 ? " And " + (sentences.size() - 1) + " more." : "";
        html.element("p", sentences.getFirst() + more).close().close();
    }
}
