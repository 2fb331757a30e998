package org.pgrehearsal.evidence.html;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Positions in the log, from left to right. Order is kept and no two different positions fall together: a smallest gap is set aside for each, and
 * only what is left of the width is shared out by bytes. Marks that matter are often a few bytes apart in a log of gigabytes.
 */
final class LogScale {
    /** The part of the width that smallest gaps may take. */
    private static final double FOR_GAPS = 0.7;

    private final TreeMap<Long, Double> places = new TreeMap<>(Long::compareUnsigned);
    private final double left;

    LogScale(Collection<Long> positions, double left, double right, double gap) {
        this.left = left;
        List<Long> sorted =
                positions.stream().distinct().sorted(Long::compareUnsigned).toList();
        int steps = Math.max(1, sorted.size() - 1);
        double width = right - left;
        double smallest = Math.min(gap, width * FOR_GAPS / steps);
        double shared = width - smallest * steps;
        double bytes = Math.max(1, sorted.isEmpty() ? 1 : sorted.getLast() - sorted.getFirst());
        for (int i = 0; i < sorted.size(); i++) {
            double share = shared * (sorted.get(i) - sorted.getFirst()) / bytes;
            places.put(sorted.get(i), left + smallest * i + share);
        }
    }

    /** Where a position lies; it must be one of those that the scale was made of. */
    double at(long position) {
        return places.getOrDefault(position, left);
    }
}
