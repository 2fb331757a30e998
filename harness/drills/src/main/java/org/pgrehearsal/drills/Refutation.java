package org.pgrehearsal.drills;

import org.pgrehearsal.verdict.Finding;

/** A step that found something wrong: it makes the step fail, and the drill's verdict tells the rest. */
final class Refutation extends AssertionError {
    private static final long serialVersionUID = 1;

    private final transient Finding finding;

    Refutation(Finding finding) {
        super(finding.toString());
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
