package org.pgrehearsal.wal;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where records of the log lie. Every line of a dump names the record before it too, so even a dump of one resource manager says whether
 * another record lies between two of its lines.
 */
public final class RecordPositions {
    private final long[] starts;
    private final long[] ends;
    private final long[] previous;

    private RecordPositions(long[] starts, long[] ends, long[] previous) {
        this.starts = starts;
        this.ends = ends;
        this.previous = previous;
    }

    /**
     * A record found by position.
     *
     * @param start where it starts
     * @param end   the position after it; null if the dump did not show it
     * @param exact whether it is surely the first; if not, a record that the dump did not show lies between the position asked for and this
     *              start, or is this one
     */
    public record Found(Lsn start, @Nullable Lsn end, boolean exact) {}

    /** The first record that starts at or after a position; empty if the dump showed none there. */
    public Optional<Found> firstAtOrAfter(Lsn lsn) {
        int index = indexAtOrAfter(lsn);
        if (index == starts.length) {
            return Optional.empty();
        }
        Lsn before = new Lsn(previous[index]);
        return Optional.of(
                before.isBefore(lsn)
                        ? new Found(new Lsn(starts[index]), new Lsn(ends[index]), true)
                        : new Found(before, null, false));
    }

    /** The position after the record that starts there; empty if the dump did not show that record. */
    public Optional<Lsn> end(Lsn start) {
        int index = indexAtOrAfter(start);
        return index < starts.length && starts[index] == start.value()
                ? Optional.of(new Lsn(ends[index]))
                : Optional.empty();
    }

    /** The position after the last record shown; empty if none was. */
    public Optional<Lsn> end() {
        return starts.length == 0 ? Optional.empty() : Optional.of(new Lsn(ends[starts.length - 1]));
    }

    public int size() {
        return starts.length;
    }

    void copyTo(Builder builder, Predicate<Lsn> wanted) {
        for (int index = 0; index < starts.length; index++) {
            Lsn start = new Lsn(starts[index]);
            if (wanted.test(start)) {
                builder.add(start, new Lsn(ends[index]), new Lsn(previous[index]));
            }
        }
    }

    private int indexAtOrAfter(Lsn lsn) {
        // the log of a real cluster never reaches the sign bit: 8 EiB
        int found = Arrays.binarySearch(starts, lsn.value());
        return found >= 0 ? found : -found - 1;
    }

    /** Collects positions in any order; one that is added twice counts once. */
    public static final class Builder {
        private long[] rows = new long[3 * 64];
        private int size;
        private boolean ordered = true;

        public Builder add(Lsn start, Lsn end, Lsn previous) {
            if (3 * size == rows.length) {
                rows = Arrays.copyOf(rows, rows.length * 2);
            }
            ordered &= size == 0 || start.value() > rows[3 * (size - 1)];
            rows[3 * size] = start.value();
            rows[3 * size + 1] = end.value();
            rows[3 * size + 2] = previous.value();
            size++;
            return this;
        }

        public RecordPositions build() {
            if (!ordered) {
                sort();
            }
            long[] starts = new long[size];
            long[] ends = new long[size];
            long[] previous = new long[size];
            for (int index = 0; index < size; index++) {
                starts[index] = rows[3 * index];
                ends[index] = rows[3 * index + 1];
                previous[index] = rows[3 * index + 2];
            }
            return new RecordPositions(starts, ends, previous);
        }

        private void sort() {
            TreeMap<Long, long[]> sorted = new TreeMap<>();
            for (int index = 0; index < size; index++) {
                sorted.putIfAbsent(rows[3 * index], Arrays.copyOfRange(rows, 3 * index, 3 * index + 3));
            }
            size = 0;
            ordered = true;
            sorted.values().forEach(row -> add(new Lsn(row[0]), new Lsn(row[1]), new Lsn(row[2])));
        }
    }
}
