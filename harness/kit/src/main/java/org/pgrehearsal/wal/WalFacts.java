package org.pgrehearsal.wal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code pg_waldump} said about one timeline.
 *
 * @param timeline      the timeline whose segments were read; the first of them may begin with a copy of its parent's log
 * @param transactions  commits, aborts and preparations, by position
 * @param controls      the XLOG records that matter, by position
 * @param positions     where the records lie that were shown
 * @param preparedNames the names (GID) of prepared transactions by their xid
 */
public record WalFacts(
        TimelineId timeline,
        List<TransactionRecord> transactions,
        List<XlogRecord> controls,
        RecordPositions positions,
        Map<Long, String> preparedNames) {
    public WalFacts {
        transactions = List.copyOf(byPosition(transactions).values());
        TreeMap<Lsn, XlogRecord> ordered = new TreeMap<>();
        controls.forEach(control -> ordered.put(control.start(), control));
        controls = List.copyOf(ordered.values());
        preparedNames = Map.copyOf(preparedNames);
    }

    /** The history that a server comes to which follows this path, from the facts of its timelines; what is off the path is left out. */
    public static WalHistory along(List<CommitOrder.Leg> path, Collection<WalFacts> timelines) {
        List<TransactionRecord> transactions = new ArrayList<>();
        timelines.forEach(facts -> transactions.addAll(facts.transactions));
        CommitOrder order = new CommitOrder(path, transactions);
        TreeMap<Lsn, XlogRecord> controls = new TreeMap<>();
        RecordPositions.Builder positions = new RecordPositions.Builder();
        List<WalFacts> oldestFirst = new ArrayList<>(timelines);
        oldestFirst.sort(Comparator.comparing(WalFacts::timeline));
        for (WalFacts facts : oldestFirst) {
            for (XlogRecord control : facts.controls) {
                if (order.isOnPath(facts.timeline, control.start())) {
                    controls.putIfAbsent(control.start(), control);
                }
            }
            facts.positions.copyTo(positions, start -> order.isOnPath(facts.timeline, start));
        }
        return new WalHistory(order, List.copyOf(controls.values()), positions.build());
    }

    /** The history of a cluster that never left this timeline. */
    public WalHistory alone() {
        return along(List.of(new CommitOrder.Leg(timeline, null)), List.of(this));
    }

    /** Whether a commit carries an earlier time than a commit or abort before it: the time is taken before the place in the log. */
    public boolean clockRanBackwards() {
        Instant latest = Instant.MIN;
        for (TransactionRecord record : transactions) {
            if (record.commits() && record.at().isBefore(latest)) {
                return true;
            }
            if ((record.commits() || record.kind().aborts()) && record.at().isAfter(latest)) {
                latest = record.at();
            }
        }
        return false;
    }

    private static TreeMap<Lsn, TransactionRecord> byPosition(List<TransactionRecord> records) {
        TreeMap<Lsn, TransactionRecord> ordered = new TreeMap<>();
        records.forEach(record -> ordered.put(record.start(), record));
        return ordered;
    }
}
