package org.pgrehearsal.verdict;

import java.util.List;

/** What a drill comes to. Trouble with the drill itself is never a pass: it is {@link Inconclusive}. */
public sealed interface Verdict {
    /** Everything that was declared was checked, counted something, and is right. */
    record Proved() implements Verdict {}

    /**
     * Something is wrong.
     *
     * @param findings what, never empty
     */
    record Refuted(List<Finding> findings) implements Verdict {
        public Refuted {
            findings = List.copyOf(findings);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("refuted without a finding");
            }
        }
    }

    /**
     * It cannot be said: a check did not run, or counted nothing, or a fault never fired.
     *
     * @param reasons why, never empty, each one sentence
     */
    record Inconclusive(List<String> reasons) implements Verdict {
        public Inconclusive {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("inconclusive without a reason");
            }
        }
    }

    /** PROVED, REFUTED or INCONCLUSIVE. */
    default String label() {
        return switch (this) {
            case Proved _ -> "PROVED";
            case Refuted _ -> "REFUTED";
            case Inconclusive _ -> "INCONCLUSIVE";
        };
    }
}
