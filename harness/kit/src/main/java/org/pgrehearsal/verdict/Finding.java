package org.pgrehearsal.verdict;

import java.util.List;

/**
 * Something that is wrong, with its evidence.
 *
 * @param anomaly  the kind
 * @param count    how many times it was seen, 1 or more
 * @param what     one sentence for the reader, with the first instance in it
 * @param evidence the first instances (rows, LSNs, log lines), one a line, never more than a handful
 */
public record Finding(Anomaly anomaly, long count, String what, List<String> evidence) {
    /** Instances that are kept as evidence; the rest is only counted. */
    public static final int KEPT = 5;

    public Finding {
        if (count < 1) {
            throw new IllegalArgumentException("a finding counts at least one: " + what);
        }
        evidence = List.copyOf(evidence);
    }

    /** A finding that was seen once. */
    public static Finding of(Anomaly anomaly, String what, String... evidence) {
        return new Finding(anomaly, 1, what, List.of(evidence));
    }

    @Override
    public String toString() {
        return anomaly + ": " + what;
    }
}
