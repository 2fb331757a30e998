package org.pgrehearsal.target;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.target.Prediction.Reason;
import org.pgrehearsal.wal.Lsn;

/** A server that walks the log one record after the other, asks before and after each, and applies it: the slow way to the same answer. */
final class Replay {
    enum Kind {
        OTHER,
        PREPARE,
        COMMIT,
        ABORT,
        COMMIT_PREPARED,
        ABORT_PREPARED,
        RESTORE_POINT;

        boolean ends() {
            return this != OTHER && this != PREPARE && this != RESTORE_POINT;
        }

        boolean commits() {
            return this == COMMIT || this == COMMIT_PREPARED;
        }
    }

    record Entry(Lsn start, Lsn end, Kind kind, long xid, Instant at, String name) {}

    /** What the server did: the records it applied, and its words or its refusal. */
    record Outcome(
            List<Entry> applied,
            @Nullable StopPoint point,
            @Nullable Reason refusal) {}

    private final RecoveryTarget target;
    private final RecoveryRange range;
    private final List<Entry> applied = new ArrayList<>();
    private boolean consistent;

    private Replay(RecoveryTarget target, RecoveryRange range) {
        this.target = target;
        this.range = range;
    }

    static Outcome run(RecoveryTarget target, List<Entry> log, RecoveryRange range) {
        return new Replay(target, range).walk(log);
    }

    private Outcome walk(List<Entry> log) {
        for (Entry entry : log) {
            if (entry.start().isBefore(range.redo())) {
                continue;
            }
            if (range.archiveEnd().isBefore(entry.end())) {
                break;
            }
            StopPoint before = before(entry);
            if (before != null) {
                return stop(before);
            }
            applied.add(entry);
            consistent |= !entry.end().isBefore(range.consistent());
            StopPoint after = after(entry);
            if (after != null) {
                return stop(after);
            }
        }
        if (!(target instanceof RecoveryTarget.Latest)) {
            return new Outcome(applied, null, Reason.NEVER_REACHED);
        }
        return consistent
                ? new Outcome(applied, new StopPoint.EndOfLog(), null)
                : new Outcome(applied, null, Reason.ENDS_BEFORE_CONSISTENCY);
    }

    private Outcome stop(StopPoint point) {
        return consistent ? new Outcome(applied, point, null) : new Outcome(applied, null, Reason.BEFORE_CONSISTENCY);
    }

    private @Nullable StopPoint before(Entry entry) {
        if (target instanceof RecoveryTarget.Immediate && consistent) {
            return new StopPoint.Consistency();
        }
        if (target instanceof RecoveryTarget.AtLsn(Lsn lsn, boolean inclusive)) {
            return !inclusive && !entry.start().isBefore(lsn) ? new StopPoint.Position(false, entry.start()) : null;
        }
        if (!entry.kind().ends()) {
            return null;
        }
        boolean here = switch (target) {
            case RecoveryTarget.Xid(long xid, boolean inclusive) -> !inclusive && entry.xid() == xid;
            case RecoveryTarget.Time(Instant at, boolean inclusive) ->
                entry.at().isAfter(at) || (!inclusive && entry.at().equals(at));
            case RecoveryTarget.Latest _, RecoveryTarget.Immediate _, RecoveryTarget.AtLsn _, RecoveryTarget.Name _ ->
                false;
        };
        return here ? new StopPoint.Transaction(false, entry.kind().commits(), entry.xid(), entry.at()) : null;
    }

    private @Nullable StopPoint after(Entry entry) {
        return switch (target) {
            case RecoveryTarget.Name(String name)
            when entry.kind() == Kind.RESTORE_POINT && entry.name().equals(name) -> new StopPoint.RestorePoint(name);
            case RecoveryTarget.AtLsn(Lsn lsn, boolean inclusive)
            when inclusive && !entry.start().isBefore(lsn) -> new StopPoint.Position(true, entry.start());
            case RecoveryTarget.Xid(long xid, boolean inclusive)
            when inclusive && entry.kind().ends() && entry.xid() == xid ->
                new StopPoint.Transaction(true, entry.kind().commits(), xid, entry.at());
            case RecoveryTarget.Immediate _
            when consistent && (entry.kind().ends() || entry.kind() == Kind.PREPARE) -> new StopPoint.Consistency();
            case RecoveryTarget _ -> null;
        };
    }
}
