package org.pgrehearsal.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.verdict.Verdict;

/**
 * A run as a table: scenarios by feature down, systems across.
 *
 * @param systems the columns
 * @param features the rows, grouped
 */
public record Matrix(List<String> systems, List<Feature> features) {
    public static Matrix of(RunRecord run) {
        List<String> systems = run.systems();
        Map<String, Map<String, Row>> rows = new LinkedHashMap<>();
        for (DrillRecord drill : run.drills()) {
            row(rows, drill.feature(), drill.scenario())
                    .drills()
                    .computeIfAbsent(drill.system(), _ -> new ArrayList<>())
                    .add(drill);
        }
        for (RunRecord.NotApplicable skipped : run.notApplicable()) {
            row(rows, skipped.feature(), skipped.scenario()).skipped().put(skipped.system(), skipped);
        }
        List<Feature> features = new ArrayList<>();
        rows.forEach((name, scenarios) -> features.add(new Feature(name, List.copyOf(scenarios.values()))));
        return new Matrix(systems, features);
    }

    private static Row row(Map<String, Map<String, Row>> rows, String feature, String scenario) {
        return rows.computeIfAbsent(feature, _ -> new LinkedHashMap<>())
                .computeIfAbsent(scenario, name -> new Row(name, new LinkedHashMap<>(), new LinkedHashMap<>()));
    }

    /** The scenarios of one feature. */
    public record Feature(String name, List<Row> rows) {}

    /** One scenario; what each system came to. */
    public record Row(
            String scenario, Map<String, List<DrillRecord>> drills, Map<String, RunRecord.NotApplicable> skipped) {
        /** What one system came to: the worst, if it was drilled more than once. */
        public Cell cell(String system) {
            List<DrillRecord> ran = drills.getOrDefault(system, List.of());
            if (!ran.isEmpty()) {
                DrillRecord worst = ran.stream()
                        .max(Comparator.comparingInt(drill -> badness(drill.verdict())))
                        .orElseThrow();
                return new Cell.Ran(worst, ran.size());
            }
            RunRecord.NotApplicable why = skipped.get(system);
            return why == null ? new Cell.NotRun() : new Cell.NotApplicable(why.reason());
        }
    }

    /** One field of the table. */
    public sealed interface Cell {
        /**
         * It ran.
         *
         * @param drill the drill, the worst if there were several
         * @param count how many there were
         */
        record Ran(DrillRecord drill, int count) implements Cell {
            /** {@code PROVED 3.2 s}: the outcome, the RTO if there is one that counts, and how many drills it stands for. */
            public String text() {
                Duration rto = rto();
                String time = rto == null ? "" : " " + Quantity.time(rto);
                return drill.outcome() + time + (count > 1 ? " ×" + count : "");
            }

            /** The drill's RTO; null where nothing was restored, or where it cannot be said whether it was. */
            public @Nullable Duration rto() {
                return drill.verdict() instanceof Verdict.Inconclusive ? null : drill.rto();
            }
        }

        /** The system cannot do it. */
        record NotApplicable(String reason) implements Cell {}

        /** Nobody asked for it. */
        record NotRun() implements Cell {}
    }

    private static int badness(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Proved _ -> 0;
            case Verdict.Inconclusive _ -> 1;
            case Verdict.Refuted _ -> 2;
        };
    }
}
