package org.pgrehearsal.sabotage;

import java.util.List;
import java.util.Optional;

/**
 * How a damage must show.
 *
 * @param signs the right ways, of which one is enough; never empty
 */
public record Expected(List<Sign> signs) {
    public Expected {
        signs = List.copyOf(signs);
        if (signs.isEmpty()) {
            throw new IllegalArgumentException("a damage without a sign could never be found");
        }
    }

    static Expected anyOf(Sign... signs) {
        return new Expected(List.of(signs));
    }

    /** Empty if the damage was found for a right reason; otherwise one sentence that says why not. */
    public Optional<String> mismatch(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted) {
            return Optional.of("the restore succeeded and every check passed");
        }
        List<String> reasons = signs.stream()
                .filter(sign -> concerns(sign, outcome))
                .map(sign -> sign.mismatch(outcome).orElse(""))
                .toList();
        if (reasons.contains("")) {
            return Optional.empty();
        }
        return Optional.of(reasons.isEmpty() ? "this damage must not show as " + outcome : String.join("; ", reasons));
    }

    /** A refusal is not worth comparing with findings, and the other way round. */
    private static boolean concerns(Sign sign, Outcome outcome) {
        return switch (sign) {
            case Sign.Refusal _ -> outcome instanceof Outcome.Refused;
            case Sign.Discovery _ -> outcome instanceof Outcome.Refuted;
        };
    }
}
