package org.pgrehearsal.contracts.rule;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pgrehearsal.contracts.tree.Manifest;

/** What one rule saw: how many things, and what it refuses. */
public final class Report {
    private final String rule;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private int looked;

    public Report(String rule) {
        this.rule = rule;
    }

    /** Something was judged, whatever came out. */
    public void looked() {
        looked++;
    }

    /** Refuses something; the same thing in two clusters is one finding. */
    public void refuse(String file, String subject, String problem) {
        findings.add(new Finding(rule, file, subject, problem));
    }

    public void refuse(Manifest object, String problem) {
        refuse(object.origin().file(), object.title(), problem);
    }

    /** How many things were judged. */
    public int count() {
        return looked;
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }
}
