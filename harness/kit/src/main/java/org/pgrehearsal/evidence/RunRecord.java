package org.pgrehearsal.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One run, as a report shows it.
 *
 * @param id            the run's name, also that of its folder
 * @param started       when it began
 * @param elapsed       how long it took
 * @param seed          the seed of every random choice
 * @param platform      where it ran
 * @param store         the object store
 * @param versions      tool to version (PostgreSQL, pgBackRest, barman-cloud, Java, kernel, this project)
 * @param drills        what was run, in the order of the features
 * @param notApplicable what was not run, and why
 * @param notTested     what this run says nothing about, one sentence each
 * @param exitCode      0 all proved, 1 something refuted, 2 something inconclusive
 */
public record RunRecord(
        String id,
        Instant started,
        Duration elapsed,
        long seed,
        String platform,
        String store,
        Map<String, String> versions,
        List<DrillRecord> drills,
        List<NotApplicable> notApplicable,
        List<String> notTested,
        int exitCode) {
    /**
     * A scenario that a backup system cannot do.
     *
     * @param system   the backup system
     * @param scenario the scenario's name
     * @param reason   why, one sentence
     */
    public record NotApplicable(String system, String scenario, String reason) {}
}
