package org.pgrehearsal.drills;

import java.util.Map;
import java.util.Set;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.target.Prediction;

/** Whether a refusal is for the reason that PostgreSQL's rules give. An engine may notice first, and has its own words. */
final class Refusals {
    /** A part of the message by reason: pgBackRest looks for the timeline and for a fitting backup before it restores anything. */
    private static final Map<Prediction.Reason, Set<String>> ENGINES = Map.of(
            Prediction.Reason.NO_SUCH_TIMELINE, Set.of("timeline"),
            Prediction.Reason.NOT_A_CHILD, Set.of("timeline"),
            Prediction.Reason.BEFORE_CONSISTENCY, Set.of("backup set", "before"),
            Prediction.Reason.NEVER_REACHED, Set.of(),
            Prediction.Reason.ENDS_BEFORE_CONSISTENCY, Set.of());

    private Refusals() {}

    static boolean isFor(Attempt.Refused refused, Prediction.Refusal refusal) {
        return switch (refused.by()) {
            case SERVER ->
                refused.log().fatal().stream()
                        .anyMatch(line -> line.contains(refusal.reason().message()));
            case ENGINE ->
                ENGINES.getOrDefault(refusal.reason(), Set.of()).stream().anyMatch(refused.reason()::contains);
        };
    }
}
