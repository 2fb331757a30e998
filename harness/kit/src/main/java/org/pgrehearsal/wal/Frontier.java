package org.pgrehearsal.wal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far the archive reaches without a gap along one timeline's history, by the names that we listed ourselves.
 *
 * <p>At a fork the segment that holds the switch point must be there under the new timeline's name, which opens with a copy of the parent's
 * part; the parent's own may be partial or missing ({@code xlog.c}, {@code XLogInitNewTimeline}).
 *
 * @param timeline         the timeline that is followed
 * @param last             the last segment that recovery can reach; null if the first that it needs is missing
 * @param end              the position after it; the begin of the backup if there is none
 * @param gaps             the segments that are missing before one that is there, along the history
 * @param missingHistories history files that the listing lacks though the archive has segments of their timeline or of a later one;
 *                         PostgreSQL then takes such a timeline for one without parents, and does not find the later ones
 */
public record Frontier(
        TimelineId timeline, @Nullable WalSegment last, Lsn end, List<WalSegment> gaps, List<String> missingHistories) {
    public Frontier {
        gaps = List.copyOf(gaps);
        missingHistories = List.copyOf(missingHistories);
    }

    /** Whether everything before this position is in the archive. */
    public boolean covers(Lsn lsn) {
        return !end.isBefore(lsn);
    }

    /**
     * The frontier of every timeline that a restore of this backup can follow.
     *
     * @param timeline  the backup's timeline
     * @param begin     where the backup's WAL begins: the redo position of its checkpoint
     * @param names     whole segments in the store, without any suffix
     * @param histories the contents of the history files in the store
     * @param size      bytes in a segment
     */
    public static Map<TimelineId, Frontier> of(
            TimelineId timeline, Lsn begin, Set<String> names, Collection<TimelineHistory> histories, int size) {
        Set<WalSegment> found = new HashSet<>();
        names.forEach(name -> found.add(WalSegment.parse(name, size)));
        Map<TimelineId, TimelineHistory> known = new TreeMap<>();
        histories.forEach(history -> known.put(history.timeline(), history));
        List<String> missing = missingHistories(found, known);
        known.putIfAbsent(timeline, TimelineHistory.none(timeline));
        Map<TimelineId, Frontier> frontiers = new TreeMap<>();
        for (TimelineHistory history : known.values()) {
            if (history.passes(timeline, begin) || history.timeline().equals(timeline)) {
                frontiers.put(history.timeline(), along(history, begin, found, missing, size));
            }
        }
        return frontiers;
    }

    private static Frontier along(
            TimelineHistory history, Lsn begin, Set<WalSegment> found, List<String> missing, int size) {
        WalSegment first = needed(history, WalSegment.containing(TimelineId.FIRST, begin, size));
        WalSegment last = null;
        WalSegment next = first;
        while (found.contains(next)) {
            last = next;
            next = needed(history, next.next());
        }
        long highest = found.stream()
                .filter(segment -> needed(history, segment).equals(segment))
                .mapToLong(WalSegment::number)
                .max()
                .orElse(-1);
        List<WalSegment> gaps = new ArrayList<>();
        for (WalSegment segment = next; segment.number() < highest; segment = needed(history, segment.next())) {
            if (!found.contains(segment)) {
                gaps.add(segment);
            }
        }
        return new Frontier(history.timeline(), last, last == null ? begin : last.end(), gaps, missing);
    }

    /** The segment that recovery along a history reads at the place of another. */
    private static WalSegment needed(TimelineHistory history, WalSegment place) {
        for (TimelineHistory.Fork fork : history.ancestors()) {
            if (Long.divideUnsigned(fork.at().value(), place.size()) > place.number()) {
                return new WalSegment(fork.parent(), place.number(), place.size());
            }
        }
        return new WalSegment(history.timeline(), place.number(), place.size());
    }

    private static List<String> missingHistories(Set<WalSegment> found, Map<TimelineId, TimelineHistory> known) {
        TreeSet<TimelineId> timelines = new TreeSet<>(known.keySet());
        found.forEach(segment -> timelines.add(segment.timeline()));
        List<String> missing = new ArrayList<>();
        if (!timelines.isEmpty()) {
            for (int number = 2; number <= timelines.getLast().value(); number++) {
                TimelineId timeline = new TimelineId(number);
                if (!known.containsKey(timeline)) {
                    missing.add(timeline.historyFileName());
                }
            }
        }
        return missing;
    }
}
