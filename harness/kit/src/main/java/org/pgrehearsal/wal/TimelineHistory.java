package org.pgrehearsal.wal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The contents of a history file: where each ancestor was left ({@code timeline.c}).
 *
 * @param timeline  the timeline whose file it is
 * @param ancestors from the oldest to the parent; empty for timeline 1, and for a file that names no parent
 */
public record TimelineHistory(TimelineId timeline, List<Fork> ancestors) {
    private static final Pattern LINE = Pattern.compile("\\s*(\\d+)\\s+([0-9A-Fa-f]+/[0-9A-Fa-f]+)(?:\\s+(.*))?");

    /**
     * A switch of timelines.
     *
     * @param parent the timeline that was left
     * @param at     the first position that is no longer the parent's: the end of the last record that was replayed
     * @param reason in PostgreSQL's words: {@code before LSN 0/3000158}, {@code no recovery target specified}…
     */
    public record Fork(TimelineId parent, Lsn at, String reason) {}

    public TimelineHistory {
        ancestors = List.copyOf(ancestors);
        TimelineId last = null;
        for (Fork fork : ancestors) {
            if ((last != null && fork.parent().compareTo(last) <= 0)
                    || fork.parent().compareTo(timeline) >= 0) {
                throw new IllegalArgumentException(
                        timeline.historyFileName() + " names its ancestors out of order: timeline " + fork.parent());
            }
            last = fork.parent();
        }
    }

    /** The history of a timeline without a file: it has no parents, as far as PostgreSQL knows. */
    public static TimelineHistory none(TimelineId timeline) {
        return new TimelineHistory(timeline, List.of());
    }

    /**
     * Reads the text of a history file. Empty lines and lines that begin with {@code #} mean nothing.
     *
     * @throws IllegalArgumentException if a line is not of the form, or the timelines do not ascend
     */
    public static TimelineHistory parse(TimelineId timeline, String text) {
        List<Fork> ancestors = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a line of " + timeline.historyFileName() + ": " + line);
            }
            String reason = matcher.group(3);
            ancestors.add(new Fork(
                    new TimelineId(Integer.parseInt(matcher.group(1))),
                    Lsn.parse(matcher.group(2)),
                    reason == null ? "" : reason.strip()));
        }
        return new TimelineHistory(timeline, ancestors);
    }

    /** The text of the file, as PostgreSQL would read it. */
    public String print() {
        return ancestors.stream()
                .map(fork -> fork.parent() + "\t" + fork.at() + "\t" + fork.reason() + "\n")
                .collect(Collectors.joining("\n"));
    }

    /** The path of a server on this timeline, from the oldest timeline to this one. */
    public List<CommitOrder.Leg> path() {
        List<CommitOrder.Leg> path = new ArrayList<>();
        ancestors.forEach(fork -> path.add(new CommitOrder.Leg(fork.parent(), fork.at())));
        path.add(new CommitOrder.Leg(timeline, null));
        return path;
    }

    /** Whether the history goes through a position on a timeline; only from such a backup can recovery follow it. */
    public boolean passes(TimelineId through, Lsn lsn) {
        Lsn begin = Lsn.ZERO;
        for (CommitOrder.Leg leg : path()) {
            Lsn until = leg.until();
            if (leg.timeline().equals(through)) {
                return !lsn.isBefore(begin) && (until == null || lsn.isBefore(until));
            }
            begin = until == null ? begin : until;
        }
        return false;
    }
}
