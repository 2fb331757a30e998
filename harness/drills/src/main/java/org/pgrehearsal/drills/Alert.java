package org.pgrehearsal.drills;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An alert of the component {@code cnpg-monitoring} that compares two metrics of one pod: it fires when the first stays above the second. Without a
 * Prometheus only the comparison is tried, on what the pod exposes; not for how long it must be true.
 *
 * @param name   of the alert
 * @param metric the one that is above
 * @param bound  the one that is below
 */
record Alert(String name, String metric, String bound) {
    private static final String RULES = "kubernetes/components/cnpg-monitoring/prometheusrule.yaml";
    private static final Pattern COMPARISON = Pattern.compile("[^{]*?(\\w+)\\{.*?}\\)\\s*>[^{]*?(\\w+)\\{.*?}\\)");

    /**
     * Reads it as users have it.
     *
     * @throws IllegalArgumentException if there is none of that name, or it is no comparison of two metrics
     */
    static Alert read(Path tree, String name) {
        try {
            String expression = rules(Serialization.unmarshal(Files.readString(tree.resolve(RULES)), Map.class))
                    .filter(rule -> name.equals(rule.get("alert")))
                    .findFirst()
                    .map(rule -> String.valueOf(rule.get("expr")))
                    .orElseThrow(() -> new IllegalArgumentException(RULES + " has no alert " + name));
            return parse(name, expression);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RULES + ": " + e.getMessage(), e);
        }
    }

    static Alert parse(String name, String expression) {
        List<MatchResult> found =
                COMPARISON.matcher(expression.strip()).results().toList();
        if (found.size() != 1 || found.getFirst().end() != expression.strip().length()) {
            throw new IllegalArgumentException("the alert " + name + " is no comparison of two metrics: " + expression);
        }
        return new Alert(name, found.getFirst().group(1), found.getFirst().group(2));
    }

    private static Stream<Map<?, ?>> rules(Map<?, ?> object) {
        return each(object.get("spec"), "groups").flatMap(group -> each(group, "rules"));
    }

    private static Stream<Map<?, ?>> each(@Nullable Object parent, String list) {
        return parent instanceof Map<?, ?> map && map.get(list) instanceof List<?> all
                ? all.stream().filter(Map.class::isInstance).map(each -> (Map<?, ?>) each)
                : Stream.empty();
    }

    /** What both are now; a metric that is not there makes no comparison true, as in Prometheus. */
    record Values(OptionalDouble metric, OptionalDouble bound) {
        boolean areTrue() {
            return metric.isPresent() && bound.isPresent() && metric.getAsDouble() > bound.getAsDouble();
        }
    }

    /** Reads them from what a pod exposes, in the text format of Prometheus. */
    Values values(String exposition) {
        return new Values(highest(exposition, metric), highest(exposition, bound));
    }

    private static OptionalDouble highest(String exposition, String metric) {
        return exposition
                .lines()
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(value -> !Double.isNaN(value))
                .max();
    }
}
