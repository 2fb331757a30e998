package org.pgrehearsal.drills;

import java.util.List;
import org.pgrehearsal.evidence.ReportJson;
import org.pgrehearsal.evidence.ReportJunit;
import org.pgrehearsal.evidence.RunFolder;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.evidence.SecretScan;
import org.pgrehearsal.evidence.html.ReportHtml;

/** Writes a run's reports, and makes sure that no secret is in its folder. */
public final class Reports {
    private Reports() {}

    /**
     * Writes everything and lets {@code latest} point to it.
     *
     * @throws IllegalStateException if a secret of the run is in a file; names the file and the secret, not its value
     */
    public static void write(Run done, RunRecord run) {
        RunFolder folder = done.folder();
        folder.save(RunFolder.JSON, ReportJson.render(run));
        folder.save(RunFolder.JUNIT, ReportJunit.render(run));
        folder.save(RunFolder.HTML, ReportHtml.render(run));
        folder.becomeLatest();
        SecretScan.Result scan = new SecretScan(done.redaction().secrets()).scan(folder.path());
        List<SecretScan.Hit> hits = scan.hits();
        if (!hits.isEmpty()) {
            throw new IllegalStateException(
                    "the run folder holds the secret " + hits.getFirst().secret() + " in "
                            + hits.getFirst().file() + "; delete the folder, and report this as a bug");
        }
        if (scan.files() == 0) {
            throw new IllegalStateException("the scan for secrets saw no file in " + folder.path());
        }
    }
}
