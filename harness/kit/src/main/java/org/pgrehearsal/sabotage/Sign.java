package org.pgrehearsal.sabotage;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.wal.Lsn;

/** One way in which a damage may rightly show. */
public sealed interface Sign {
    /** Empty if the outcome is this sign, or the reason why it is not, as a clause. */
    Optional<String> mismatch(Outcome outcome);

    /**
     * A refusal for a known reason.
     *
     * @param by     who must say no
     * @param reason what the words must contain
     */
    record Refusal(Outcome.By by, Pattern reason) implements Sign {
        static Refusal by(Outcome.By by, String reason) {
            return new Refusal(by, Pattern.compile(reason, Pattern.CASE_INSENSITIVE));
        }

        @Override
        public Optional<String> mismatch(Outcome outcome) {
            if (!(outcome instanceof Outcome.Refused refused)) {
                return Optional.of("nothing was refused");
            }
            if (refused.by() != by) {
                return Optional.of("it was refused by the " + name(refused.by()) + " and not by the " + name(by));
            }
            return reason.matcher(refused.reason()).find()
                    ? Optional.empty()
                    : Optional.of("the " + name(by) + " refused with other words than \"" + reason + "\": "
                            + refused.reason());
        }

        private static String name(Outcome.By by) {
            return switch (by) {
                case ENGINE -> "engine";
                case SERVER -> "server";
            };
        }
    }

    /**
     * Findings of our own checks.
     *
     * @param anomalies at least one of these must be found
     * @param along     may be found too, as a consequence; anything else has another cause
     * @param loss      where a lost suffix must begin; null where the damage does not say
     */
    record Discovery(
            Set<Anomaly> anomalies,
            Set<Anomaly> along,
            @Nullable LossRange loss) implements Sign {
        public Discovery {
            anomalies = Set.copyOf(anomalies);
            along = Set.copyOf(along);
        }

        @Override
        public Optional<String> mismatch(Outcome outcome) {
            if (!(outcome instanceof Outcome.Refuted refuted)) {
                return Optional.of("no check found anything");
            }
            Set<Anomaly> found = EnumSet.noneOf(Anomaly.class);
            refuted.findings().stream().map(Finding::anomaly).forEach(found::add);
            if (found.stream().noneMatch(anomalies::contains)) {
                return Optional.of("found was " + found + " and none of " + sorted(anomalies));
            }
            List<Anomaly> others = found.stream()
                    .filter(one -> !anomalies.contains(one) && !along.contains(one))
                    .toList();
            if (!others.isEmpty()) {
                return Optional.of("found was also " + others + ", which this damage does not explain");
            }
            return found.contains(Anomaly.LOST_SUFFIX) && loss != null
                    ? misplaced(loss, refuted.firstLost())
                    : Optional.empty();
        }

        private static Optional<String> misplaced(LossRange loss, @Nullable Lsn firstLost) {
            if (firstLost == null) {
                return Optional.of("nobody says where the loss begins");
            }
            return loss.contains(firstLost)
                    ? Optional.empty()
                    : Optional.of("the loss begins at " + firstLost + " and not within " + loss);
        }

        private static Set<Anomaly> sorted(Set<Anomaly> some) {
            return some.isEmpty() ? some : EnumSet.copyOf(some);
        }
    }
}
