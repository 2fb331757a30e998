package org.pgrehearsal.evidence.html;

import org.pgrehearsal.evidence.RunRecord;

/** {@code report.html}: the run for people, as one file that needs no network and no script, light or dark as the reader has it. */
public final class ReportHtml {
    private ReportHtml() {}

    /** The run as an HTML document. */
    public static String render(RunRecord run) {
        Html html = new Html();
        new Page(run, html).write();
        return html + "\n";
    }
}
