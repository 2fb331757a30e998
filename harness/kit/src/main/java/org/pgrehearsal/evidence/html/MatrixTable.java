package org.pgrehearsal.evidence.html;

import java.time.Duration;
import org.pgrehearsal.evidence.Matrix;
import org.pgrehearsal.evidence.Quantity;
import org.pgrehearsal.evidence.RunRecord;

/** Scenarios down, systems across; each field leads to its drill. On a narrow screen each scenario becomes a block. */
final class MatrixTable {
    private final RunRecord run;
    private final Html html;

    MatrixTable(RunRecord run, Html html) {
        this.run = run;
        this.html = html;
    }

    void write() {
        Matrix matrix = Matrix.of(run);
        html.newline().open("div", "class", "scroll").open("table", "class", "matrix");
        html.open("caption")
                .text(
                        "Every scenario against every backup system. The time is from the start of the restore to the first right answer.")
                .close();
        html.open("thead").open("tr").element("th", "Scenario", "scope", "col");
        matrix.systems().forEach(system -> html.element("th", system, "scope", "col"));
        html.close().close();
        for (Matrix.Feature feature : matrix.features()) {
            html.open("tbody").open("tr", "class", "feature");
            html.element(
                    "th",
                    feature.name(),
                    "scope",
                    "rowgroup",
                    "colspan",
                    Integer.toString(matrix.systems().size() + 1));
            html.close();
            for (Matrix.Row row : feature.rows()) {
                html.open("tr").element("th", row.scenario(), "scope", "row");
                matrix.systems().forEach(system -> cell(system, row.cell(system)));
                html.close().newline();
            }
            html.close();
        }
        html.close().close();
    }

    private void cell(String system, Matrix.Cell cell) {
        html.open("td", "data-system", system);
        switch (cell) {
            case Matrix.Cell.Ran ran -> {
                String target = "#" + Page.anchor(run.drills().indexOf(ran.drill()));
                html.open("a", "class", "outcome " + Page.tone(ran.drill()), "href", target);
                html.text(ran.drill().outcome()).close();
                Duration rto = ran.rto();
                if (rto != null) {
                    html.text(" ").element("span", Quantity.time(rto), "class", "time");
                }
                if (ran.count() > 1) {
                    html.text(" ").element("span", "×" + ran.count(), "class", "time");
                }
            }
            case Matrix.Cell.NotApplicable why ->
                html.element("a", "n/a", "class", "na", "href", "#not-applicable", "title", why.reason());
            case Matrix.Cell.NotRun _ -> html.element("span", "not run", "class", "na");
        }
        html.close();
    }
}
