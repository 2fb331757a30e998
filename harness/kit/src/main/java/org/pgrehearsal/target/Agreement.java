package org.pgrehearsal.target;

import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.target.Prediction.Refusal;
import org.pgrehearsal.target.Prediction.Stop;
import org.pgrehearsal.target.Prediction.Undecided;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TransactionRecord;

/** Whether a server's log says that recovery did what the rules ask for. */
public sealed interface Agreement {
    /** It does. */
    record Agrees() implements Agreement {}

    /** It says something else. */
    record Differs(Finding finding) implements Agreement {}

    /** It does not say, or the rules do not: a reason for an inconclusive verdict. */
    record Silent(String reason) implements Agreement {}

    /**
     * Compares.
     *
     * @param prediction what the rules ask for
     * @param log        what the server says; only its last recovery counts
     * @param order      the transactions along the timelines that recovery followed
     */
    static Agreement of(Prediction prediction, RecoveryLog log, CommitOrder order) {
        return switch (prediction) {
            case Undecided undecided -> new Silent(undecided.why());
            case Refusal refusal -> refused(refusal, log);
            case Stop stop
            when !log.fatal().isEmpty() ->
                differs(Anomaly.REFUSED, "recovery failed, where it should stop " + stop.why(), log.fatal());
            case Stop stop -> stopped(stop, log, order);
        };
    }

    private static Agreement refused(Refusal refusal, RecoveryLog log) {
        if (log.fatal().stream().anyMatch(line -> line.contains(refusal.reason().message()))) {
            return new Agrees();
        }
        if (!log.fatal().isEmpty()) {
            return differs(Anomaly.REFUSED, "refused for another reason than " + refusal.why(), log.fatal());
        }
        StopPoint point = log.stopped();
        if (point != null || log.complete()) {
            String did = point == null ? "archive recovery complete" : point.logLine();
            return differs(Anomaly.UNDETECTED, "recovery went on, though " + refusal.why(), List.of(did));
        }
        return new Silent("the log shows no end of recovery; expected: "
                + refusal.reason().message());
    }

    private static Agreement stopped(Stop stop, RecoveryLog log, CommitOrder order) {
        StopPoint logged = log.stopped();
        Lsn done = log.redoDone();
        if (stop.point() instanceof StopPoint.EndOfLog && logged == null) {
            return done == null
                    ? new Silent("the log does not say where redo was done")
                    : replayed(stop, done, log, order);
        }
        if (logged == null) {
            return done == null && !log.complete()
                    ? new Silent("the log tells of no stop; expected: "
                            + stop.point().logLine())
                    : elsewhere(stop, "recovery ran on to the end of the log");
        }
        return same(stop, logged, order) ? new Agrees() : elsewhere(stop, logged.logLine());
    }

    /** Redo to the end of the log names the last record that it applied: no expected end of a transaction may lie after that. */
    private static Agreement replayed(Stop stop, Lsn done, RecoveryLog log, CommitOrder order) {
        TransactionRecord last = null;
        for (TransactionRecord record : order.records()) {
            if (record.start().isBefore(stop.before())) {
                last = record;
            }
        }
        if (last != null && done.isBefore(last.start())) {
            List<String> evidence = new ArrayList<>(List.of("redo done at " + done));
            evidence.addAll(log.endReasons());
            return differs(
                    Anomaly.STOPPED_ELSEWHERE,
                    "recovery ended at " + done + ", before transaction " + last.xid() + " at " + last.start(),
                    evidence);
        }
        return new Agrees();
    }

    private static boolean same(Stop stop, StopPoint logged, CommitOrder order) {
        if (stop.point() instanceof StopPoint.Position(boolean after, Lsn _)
                && logged instanceof StopPoint.Position(boolean loggedAfter, Lsn seen)
                && !stop.exact()) {
            // not known to the byte: the same transactions must be in
            return after == loggedAfter
                    && order.records().stream()
                            .allMatch(record -> record.start().isBefore(stop.before())
                                    == (record.start().isBefore(seen)
                                            || (after && record.start().equals(seen))));
        }
        return stop.point().equals(logged);
    }

    private static Agreement elsewhere(Stop stop, String seen) {
        return differs(
                Anomaly.STOPPED_ELSEWHERE,
                seen + ", but the rule says: " + stop.point().logLine(),
                List.of("expected: " + stop.point().logLine(), "log: " + seen));
    }

    private static Agreement differs(Anomaly anomaly, String what, List<String> evidence) {
        return new Differs(new Finding(anomaly, 1, what, evidence.subList(0, Math.min(evidence.size(), Finding.KEPT))));
    }
}
