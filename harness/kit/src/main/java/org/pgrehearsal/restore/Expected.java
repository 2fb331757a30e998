package org.pgrehearsal.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.target.Prediction;
import org.pgrehearsal.target.RecoveryRange;
import org.pgrehearsal.target.StopPoint;
import org.pgrehearsal.target.Stops;
import org.pgrehearsal.target.TimelineChoice;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.WalFacts;
import org.pgrehearsal.wal.WalHistory;

/**
 * What a restore must come to, by the course and PostgreSQL's rules: worked out before the restore, from the good archive.
 *
 * @param prediction where recovery stops, or why it must refuse
 * @param commits    the transactions on the path that recovery follows
 * @param throughLog whether the restore replays the log (a dump does not)
 */
public record Expected(Prediction prediction, CommitOrder commits, boolean throughLog) {
    /** What an order must come to. */
    public static Expected of(Course course, RestoreOrder order) {
        return switch (order.backup()) {
            case Backup.Physical physical -> physical(course, order, physical);
            case Backup.Logical logical -> logical(course, logical);
        };
    }

    private static Expected physical(Course course, RestoreOrder order, Backup.Physical backup) {
        TimelineChoice choice =
                TimelineChoice.of(order.timeline(), backup.timeline(), backup.start(), course.histories());
        return switch (choice) {
            case TimelineChoice.Refuses refuses ->
                new Expected(refuses.refusal(), CommitOrder.of(backup.timeline(), List.of()), true);
            case TimelineChoice.Follows follows -> {
                WalHistory history =
                        WalFacts.along(follows.path(), course.facts().values());
                Lsn end = Objects.requireNonNull(
                                course.frontiers(backup).get(follows.timeline()),
                                "the archive does not reach timeline " + follows.timeline())
                        .end();
                RecoveryRange range = new RecoveryRange(backup.start(), backup.stop(), end);
                yield new Expected(Stops.predict(order.target(), history, range), history.order(), true);
            }
        };
    }

    /** A dump has exactly what its snapshot saw: for it, the rest of the log has not happened. */
    private static Expected logical(Course course, Backup.Logical backup) {
        WalFacts facts = Objects.requireNonNull(course.facts().get(course.timeline()));
        List<TransactionRecord> seen = new ArrayList<>();
        for (TransactionRecord ending : facts.transactions()) {
            if (ending.commits() && backup.sees(ending.xid())) {
                seen.add(ending);
            }
        }
        Prediction stop = new Prediction.Stop(
                course.sentinel(),
                new StopPoint.EndOfLog(),
                true,
                "the dump's snapshot saw transactions below " + backup.xmax() + " that had ended",
                null);
        return new Expected(stop, CommitOrder.of(course.timeline(), seen), false);
    }
}
