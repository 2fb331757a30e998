package org.pgrehearsal.restore;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.check.ExpectedObjects;
import org.pgrehearsal.check.LedgerCheck;
import org.pgrehearsal.check.ObjectsCheck;
import org.pgrehearsal.check.TransactionStatusCheck;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;

/**
 * The checks of a restored database that need only be read from it, as often as one likes.
 *
 * @param stop      exclusive: a commit record that starts here must not be there
 * @param askedTime for a time target, the time asked for
 * @param promoted  whether the server went on from the stop, though the log does too: it gives the numbers of later transactions to others
 */
record RowChecks(
        Course course,
        Expected expected,
        Lsn stop,
        @Nullable Instant askedTime,
        boolean promoted) {
    static final String LEDGER = "ledger";

    /** The first transaction number that is not special ({@code transam.h}, {@code FirstNormalTransactionId}). */
    static final long FIRST_NORMAL = 3;

    /** The ledger's and the objects' results, by the name of the check. */
    Map<String, CheckResult> rows(Reading reading) throws SQLException {
        LedgerCheck check = new LedgerCheck(course.history(), expected.commits(), stop, course.accounts(), askedTime);
        ExpectedObjects.Collector collector = new ExpectedObjects.Collector(check.expectation());
        reading.ledger(check, collector::row);
        reading.numbers(collector);
        Map<String, CheckResult> results = new LinkedHashMap<>();
        results.put(LEDGER, check.finish());
        results.put("objects", ObjectsCheck.compare(collector.collected(), reading.objects(expected.throughLog())));
        return results;
    }

    /** The archived log against the server's own transaction status; nothing for what was not restored through the log. */
    Map<String, CheckResult> status(Reading reading) throws SQLException {
        if (!expected.throughLog()) {
            return Map.of();
        }
        TransactionStatusCheck check = new TransactionStatusCheck(expected.commits(), stop, FIRST_NORMAL, !promoted);
        reading.statuses(check);
        return Map.of("transaction status", check.finish());
    }

    /** The same, as if recovery had to stop elsewhere. */
    RowChecks stoppingAt(Lsn otherStop) {
        return new RowChecks(course, expected, otherStop, askedTime, promoted);
    }

    /** The same, with another log. */
    RowChecks against(CommitOrder commits) {
        Expected other = new Expected(expected.prediction(), commits, expected.throughLog());
        return new RowChecks(course, other, stop, askedTime, promoted);
    }
}
