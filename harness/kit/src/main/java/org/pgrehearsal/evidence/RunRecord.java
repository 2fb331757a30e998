package org.pgrehearsal.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One run, as a report shows it.
 *
 * @param id            the run's name, also that of its folder
 * @param started       when it began
 * @param elapsed       how long it took
 * @param seed          the seed of every random choice
 * @param command       what to type to run the same again, the seed included
 * @param platform      where it ran
 * @param store         the object store
 * @param versions      tool to version (PostgreSQL, pgBackRest, barman-cloud, Java, kernel, this project), in the order to show
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
        String command,
        String platform,
        String store,
        Map<String, String> versions,
        List<DrillRecord> drills,
        List<NotApplicable> notApplicable,
        List<String> notTested,
        int exitCode) {
    public RunRecord {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        drills = List.copyOf(drills);
        notApplicable = List.copyOf(notApplicable);
        notTested = List.copyOf(notTested);
    }

    /** The backup systems that this run knows of, each once, in the order they first appear. */
    public List<String> systems() {
        return Stream.concat(
                        drills.stream().map(DrillRecord::system),
                        notApplicable.stream().map(NotApplicable::system))
                .distinct()
                .toList();
    }

    /** The part of this run that is about one system. */
    public RunRecord only(String system) {
        return new RunRecord(
                id,
                started,
                elapsed,
                seed,
                command,
                platform,
                store,
                versions,
                drills.stream().filter(drill -> drill.system().equals(system)).toList(),
                notApplicable.stream()
                        .filter(skipped -> skipped.system().equals(system))
                        .toList(),
                notTested,
                exitCode);
    }

    /**
     * A scenario that a backup system cannot do.
     *
     * @param system   the backup system
     * @param feature  the feature's name
     * @param scenario the scenario's name
     * @param reason   why, one sentence
     */
    public record NotApplicable(String system, String feature, String scenario, String reason) {}
}
