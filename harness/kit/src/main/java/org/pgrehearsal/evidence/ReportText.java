package org.pgrehearsal.evidence;

import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Verdict;

/** A run for the terminal: the table, then why whatever is not proved is not, then what it adds up to. */
public final class ReportText {
    private static final int NARROWEST = 40;

    private final StringBuilder text = new StringBuilder();
    private final RunRecord run;
    private final int width;
    private final Ink ink;

    private ReportText(RunRecord run, int width, Ink ink) {
        this.run = run;
        this.width = Math.max(NARROWEST, width);
        this.ink = ink;
    }

    /**
     * The run as text that ends with a line feed.
     *
     * @param run    the run
     * @param width  columns of the terminal; 40 or more
     * @param colour whether to use ANSI colours; nothing is said by colour alone
     */
    public static String render(RunRecord run, int width, boolean colour) {
        ReportText report = new ReportText(run, width, colour ? Ink.ANSI : Ink.NONE);
        if (!run.drills().isEmpty() || !run.notApplicable().isEmpty()) {
            report.text.append(TextTable.render(Matrix.of(run), report.width, report.ink));
        }
        report.reasons();
        report.sum();
        return report.text.toString();
    }

    private void reasons() {
        for (DrillRecord drill : run.drills()) {
            List<String> lines = lines(drill.verdict());
            if (lines.isEmpty()) {
                continue;
            }
            String control = drill.control() ? " (control)" : "";
            line(drill.outcome() + "  ", drill.system() + ": " + drill.scenario() + control, Ink.of(drill));
            lines.forEach(reason -> line("  - ", reason, Ink.Colour.PLAIN));
            if (!drill.folder().isEmpty()) {
                verbatim("    " + drill.folder());
            }
            text.append('\n');
        }
    }

    private static List<String> lines(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Proved _ -> List.of();
            case Verdict.Refuted refuted ->
                refuted.findings().stream().map(ReportText::sentence).toList();
            case Verdict.Inconclusive inconclusive -> inconclusive.reasons();
        };
    }

    private static String sentence(Finding finding) {
        String count = finding.count() == 1 ? "" : " (" + Quantity.number(finding.count()) + "×)";
        return finding.anomaly().summary() + count + ": " + finding.what();
    }

    private void sum() {
        Tally tally = Tally.of(run);
        List<String> rest = new ArrayList<>();
        if (tally.notApplicable() > 0) {
            rest.add(tally.notApplicable() + " not applicable");
        }
        rest.add(Quantity.time(run.elapsed()));
        line("", tally.headline() + "; " + String.join("; ", rest), Ink.Colour.of(tally));
        tally.remarks().forEach(remark -> line("", remark, Ink.Colour.PLAIN));
        verbatim("Again: " + run.command());
    }

    /** One line however long it is, so that it can be copied. */
    private void verbatim(String line) {
        text.append(ink.paint(Ink.Colour.FAINT, Printable.line(line))).append('\n');
    }

    /** One paragraph: the head, then the body, wrapped and hung below where the body begins. */
    private void line(String head, String body, Ink.Colour colour) {
        int indent = Columns.width(head);
        List<String> lines = Columns.wrap(Printable.line(body), width - indent);
        for (int i = 0; i < lines.size(); i++) {
            String start = i == 0 ? head : " ".repeat(indent);
            text.append(ink.paint(colour, start + lines.get(i))).append('\n');
        }
    }
}
