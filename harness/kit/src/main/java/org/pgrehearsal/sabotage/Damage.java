package org.pgrehearsal.sabotage;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;

/**
 * What was done to a copy.
 *
 * @param what     one sentence, with the names of the objects
 * @param keys     the objects that were removed or rewritten
 * @param missing  those of them that are gone
 * @param expected how it must show
 */
public record Damage(String what, Set<String> keys, Set<String> missing, Expected expected) {
    public Damage {
        keys = Set.copyOf(keys);
        missing = Set.copyOf(missing);
        if (keys.isEmpty() || !keys.containsAll(missing)) {
            throw new IllegalArgumentException("a damage is done to at least one object: " + what);
        }
    }

    /**
     * Whether a restore came upon it. A missing object is also come upon by listing the directory that it should be in: then nobody asks for it.
     *
     * @param asked  the keys that the restore asked for
     * @param listed the prefixes that it listed
     */
    public boolean reached(Collection<String> asked, Collection<String> listed) {
        return keys.stream().anyMatch(asked::contains)
                || missing.stream()
                        .anyMatch(key -> listed.stream()
                                .anyMatch(prefix -> key.startsWith(prefix) && prefix.length() >= directory(key)));
    }

    private static int directory(String key) {
        return Math.max(0, key.lastIndexOf('/'));
    }

    /** Empty if the damage was found for a right reason; otherwise what is wrong with our eyes, or the engine's. */
    public Optional<Finding> judge(Outcome outcome) {
        return expected.mismatch(outcome).map(why -> Finding.of(Anomaly.UNDETECTED, verdict(outcome, why), what));
    }

    private String verdict(Outcome outcome, String why) {
        return switch (outcome) {
            case Outcome.Accepted _ -> "damage went unnoticed: " + what + ", yet " + why;
            case Outcome.Refused _, Outcome.Refuted _ ->
                "something was found, but not this damage: " + what + "; " + why;
        };
    }
}
