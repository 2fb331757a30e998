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
import org.pgrehearsal.wal.Lsn;

/**
 * The checks of a restored database that need only be read from it, as often as one likes.
 *
 * @param stop      exclusive: a commit record that starts here must not be there
 * @param askedTime for a time target, the time asked for
 */
record RowChecks(
        Course course,
        Expected expected,
        Lsn stop,
        @Nullable Instant askedTime) {
    static final String LEDGER = "ledger";

    /** The first transaction number that is not special ({@code transam.h}, {@code FirstNormalTransactionId}). */
    static final long FIRST_NORMAL = 3;

    /** Each check's result, by its name. */
    Map<String, CheckResult> judge(Reading reading) throws SQLException {
        Map<String, CheckResult> results = new LinkedHashMap<>();
        LedgerCheck check = new LedgerCheck(course.history(), expected.commits(), stop, course.accounts(), askedTime);
        ExpectedObjects.Collector collector = new ExpectedObjects.Collector(check.expectation());
        reading.ledger(check, collector::row);
        reading.numbers(collector);
        results.put(LEDGER, check.finish());
        results.put("objects", ObjectsCheck.compare(collector.collected(), reading.objects(expected.throughLog())));
        if (expected.throughLog()) {
            TransactionStatusCheck statuses = new TransactionStatusCheck(expected.commits(), stop, FIRST_NORMAL);
            reading.statuses(statuses);
            results.put("transaction status", statuses.finish());
        }
        return results;
    }

    /** The same, as if recovery had to stop before the last commit that is there. */
    RowChecks oneCommitShort() {
        int last = expected.commits().before(stop) - 1;
        while (last > 0 && !expected.commits().kind(last).commits()) {
            last--;
        }
        return new RowChecks(course, expected, expected.commits().start(last), askedTime);
    }
}
