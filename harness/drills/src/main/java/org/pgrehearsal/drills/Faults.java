package org.pgrehearsal.drills;

import java.util.Map;
import java.util.Set;
import org.pgrehearsal.store.Fault;

/** What a feature's phrases for outages mean. */
final class Faults {
    private static final Map<String, Fault> PHRASES = Map.of(
            "answers 503", new Fault.Status(503),
            "answers 403", new Fault.Status(403),
            "resets connections", new Fault.Reset(),
            "never answers", new Fault.Hang(),
            "sends short bodies", new Fault.ShortBody(0.5));

    private Faults() {}

    /** Every phrase for an outage that there is. */
    static Set<String> phrases() {
        return PHRASES.keySet();
    }

    /**
     * The fault of a phrase.
     *
     * @throws IllegalArgumentException if there is none; says which there are
     */
    static Fault named(String phrase) {
        Fault fault = PHRASES.get(phrase);
        if (fault == null) {
            throw new IllegalArgumentException("no outage is called \"" + phrase + "\"; there are: "
                    + String.join("; ", PHRASES.keySet().stream().sorted().toList()));
        }
        return fault;
    }
}
