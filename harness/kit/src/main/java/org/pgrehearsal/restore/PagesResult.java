package org.pgrehearsal.restore;

import java.util.List;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;

/**
 * What a look at pages found.
 *
 * @param name    of what was counted
 * @param checked how many things were looked at
 * @param unit    of what
 */
record PagesResult(List<Finding> findings, String name, long checked, String unit) implements CheckResult {
    PagesResult {
        findings = List.copyOf(findings);
    }

    /** Relations, whose structure was looked at. */
    static PagesResult relations(long checked, List<String> complaints, String by) {
        return new PagesResult(
                damage(complaints.size(), complaints, by), "relations without damage", checked, "relations");
    }

    /** Pages, whose checksum was looked at. */
    static PagesResult pages(long checked, long bad, List<String> complaints, String by) {
        return new PagesResult(damage(bad, complaints, by), "pages with the right checksum", checked, "pages");
    }

    private static List<Finding> damage(long count, List<String> complaints, String by) {
        return complaints.isEmpty()
                ? List.of()
                : List.of(new Finding(
                        Anomaly.PAGE_DAMAGED,
                        Math.max(1, count),
                        by + ": " + complaints.getFirst(),
                        complaints.stream().limit(Finding.KEPT).toList()));
    }

    @Override
    public List<Measurement> measurements() {
        return List.of(new Measurement(name, checked, unit));
    }

    @Override
    public List<String> observations() {
        return List.of();
    }

    @Override
    public List<String> notCounted() {
        return checked > 0 || !findings.isEmpty() ? List.of() : List.of(name + ": nothing was looked at");
    }
}
