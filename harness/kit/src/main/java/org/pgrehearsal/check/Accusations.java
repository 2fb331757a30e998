package org.pgrehearsal.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;

/** Counts what is wrong by kind and keeps the first instances, in an order that does not depend on the order of the rows. */
final class Accusations {
    private final Map<Anomaly, Accused> accused = new EnumMap<>(Anomaly.class);

    /**
     * @param order    its place among the accusations of its kind, unsigned: an LSN where there is one, else a sequence
     * @param instance describes it; asked only if it is kept
     */
    void add(Anomaly anomaly, long order, Supplier<String> instance) {
        accused.computeIfAbsent(anomaly, _ -> new Accused()).add(order, instance);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        accused.forEach((anomaly, instances) -> findings.add(instances.finding(anomaly)));
        return List.copyOf(findings);
    }

    private record Instance(long order, String text) {}

    private static final class Accused {
        private long count;
        private final List<Instance> first = new ArrayList<>();

        void add(long order, Supplier<String> instance) {
            count++;
            int place = first.size();
            while (place > 0 && Long.compareUnsigned(order, first.get(place - 1).order) < 0) {
                place--;
            }
            if (place < Finding.KEPT) {
                first.add(place, new Instance(order, instance.get()));
            }
            if (first.size() > Finding.KEPT) {
                first.removeLast();
            }
        }

        Finding finding(Anomaly anomaly) {
            List<String> evidence = first.stream().map(Instance::text).toList();
            String more = count == 1 ? "" : ", and " + (count - 1) + " more";
            return new Finding(anomaly, count, anomaly.summary() + ": " + evidence.getFirst() + more, evidence);
        }
    }
}
