package org.pgrehearsal.restore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.check.TransactionStatusCheck;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.platform.DatabaseServer;
import org.pgrehearsal.target.Prediction;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;

/** Judges a restore of a database that our ledger did not write, by every check that needs none. */
public final class LedgerlessJudge {
    private static final String STATUS = "transaction status";

    private final @Nullable Long systemId;
    private final List<String> notTested = new ArrayList<>();

    /**
     * @param systemId of the source; null if the repository does not say
     */
    public LedgerlessJudge(@Nullable Long systemId) {
        this.systemId = systemId;
    }

    /** What could not be looked at, and why, one sentence each. */
    public List<String> notTested() {
        return List.copyOf(notTested);
    }

    /**
     * Looks at what came back. The cluster is stopped in the end.
     *
     * @param checksums whether its pages have checksums
     */
    public Judgement judge(Attempt attempt, Expected expected, boolean checksums, Progress progress) throws Exception {
        Map<String, CheckResult> checks = new LinkedHashMap<>();
        List<String> silent = new ArrayList<>();
        if (attempt instanceof Attempt.Opened opened) {
            switch (expected.prediction()) {
                case Prediction.Stop stop -> {
                    progress.phase("hold the log against the transaction status", () -> {
                        status(opened, expected, stop, checks, silent);
                        return opened;
                    });
                    progress.phase("look at the pages", () -> {
                        pages(opened, checksums, checks);
                        return opened;
                    });
                }
                case Prediction.Refusal refusal -> silent.add(refusal.why());
                case Prediction.Undecided undecided -> silent.add(undecided.why());
            }
            Judge.agreement(opened, expected, checks, silent);
        }
        return new Judgement(attempt, expected, checks, silent, STATUS);
    }

    private void status(
            Attempt.Opened opened,
            Expected expected,
            Prediction.Stop stop,
            Map<String, CheckResult> checks,
            List<String> silent)
            throws SQLException {
        if (!opened.paused()) {
            // promoted, it gives the numbers of lost transactions to others
            silent.add(
                    "the server did not wait at its target, so its transaction status says nothing: a standby can wait"
                            + " only once it can be read");
            return;
        }
        DatabaseServer server = opened.server();
        try (Connection connection = server.connect(server.login().database())) {
            Reading reading = new Reading(connection);
            identity(reading, checks);
            TransactionStatusCheck statuses =
                    new TransactionStatusCheck(expected.commits(), stop.before(), RowChecks.FIRST_NORMAL);
            reading.statuses(statuses);
            checks.put(STATUS, statuses.finish());
        } catch (SQLException e) {
            // class XX: PostgreSQL found damage while it was reading
            if (e.getSQLState() == null || !e.getSQLState().startsWith("XX")) {
                throw e;
            }
            checks.put("reading", Judge.one(Finding.of(Anomaly.PAGE_DAMAGED, String.valueOf(e.getMessage()))));
        }
    }

    private void identity(Reading reading, Map<String, CheckResult> checks) throws SQLException {
        Long wanted = systemId;
        if (wanted == null) {
            notTested.add("whether this is the source's cluster: the repository does not name its system identifier");
        } else if (reading.systemId() != wanted) {
            checks.put(
                    "identity",
                    Judge.one(Finding.of(
                            Anomaly.WRONG_CLUSTER,
                            "system identifier " + reading.systemId() + " instead of " + wanted)));
        }
    }

    private void pages(Attempt.Opened opened, boolean checksums, Map<String, CheckResult> checks) throws SQLException {
        List<String> without = new ArrayList<>();
        for (String database : Databases.connectable(opened.server())) {
            if (Databases.hasAmcheck(opened.server(), database)) {
                checks.put("structure of " + database, opened.pages().structure(database, Pages.Depth.EVERYTHING));
            } else {
                without.add(database);
            }
        }
        if (!without.isEmpty()) {
            notTested.add("tables against their indexes in " + String.join(", ", without)
                    + ": the extension amcheck is not there, and cannot be created on a standby (CREATE EXTENSION amcheck"
                    + " in the source)");
        }
        if (checksums) {
            checks.put("checksums", opened.pages().checksums());
        } else {
            notTested.add("the pages' checksums: the source was made without them (pg_checksums --enable)");
        }
    }
}
