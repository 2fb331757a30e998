package org.pgrehearsal.restore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.check.ExpectedObjects;
import org.pgrehearsal.check.LedgerCheck;
import org.pgrehearsal.check.LedgerResult;
import org.pgrehearsal.check.ObjectsCheck;
import org.pgrehearsal.check.TransactionStatusCheck;
import org.pgrehearsal.course.Course;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.target.Agreement;
import org.pgrehearsal.target.Prediction;
import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;

/** Judges one restore by every check that applies. */
public final class Judge {
    static final String LEDGER = "ledger";

    /** The first transaction number that is not special ({@code transam.h}, {@code FirstNormalTransactionId}). */
    static final long FIRST_NORMAL = 3;

    private final Course course;

    public Judge(Course course) {
        this.course = course;
    }

    /**
     * Looks at what came back. The cluster is stopped in the end, because page checksums can only be read then.
     *
     * @param thorough whether every relation is held against its indexes, not only the ledger's
     */
    public Judgement judge(Attempt attempt, RestoreOrder order, Expected expected, boolean thorough, Progress progress)
            throws Exception {
        Map<String, CheckResult> checks = new LinkedHashMap<>();
        List<String> silent = new ArrayList<>();
        if (attempt instanceof Attempt.Opened opened) {
            switch (expected.prediction()) {
                case Prediction.Stop stop ->
                    progress.phase("check", () -> {
                        check(opened, order, expected, stop, thorough, checks);
                        return opened;
                    });
                case Prediction.Refusal refusal ->
                    checks.put(
                            "refusal",
                            one(Finding.of(
                                    Anomaly.UNDETECTED,
                                    "the restore had to be refused (" + refusal.why() + ") and was not")));
                case Prediction.Undecided undecided -> silent.add(undecided.why());
            }
            if (expected.throughLog()) {
                agreement(opened, expected, checks, silent);
            }
        }
        return new Judgement(attempt, expected, checks, silent);
    }

    private void check(
            Attempt.Opened opened,
            RestoreOrder order,
            Expected expected,
            Prediction.Stop stop,
            boolean thorough,
            Map<String, CheckResult> checks)
            throws SQLException {
        PostgresCluster cluster = opened.cluster();
        try (Connection connection = cluster.connect(LedgerSchema.DATABASE)) {
            Reading reading = new Reading(connection);
            if (expected.throughLog() && reading.systemId() != course.systemId()) {
                checks.put(
                        "identity",
                        one(Finding.of(
                                Anomaly.WRONG_CLUSTER,
                                "system identifier " + reading.systemId() + " instead of " + course.systemId())));
            }
            ledger(reading, order, expected, stop, checks);
            if (expected.throughLog()) {
                TransactionStatusCheck statuses =
                        new TransactionStatusCheck(expected.commits(), stop.before(), FIRST_NORMAL);
                reading.statuses(statuses);
                checks.put("transaction status", statuses.finish());
            }
        } catch (SQLException e) {
            // class XX: PostgreSQL found damage while it was reading
            if (e.getSQLState() == null || !e.getSQLState().startsWith("XX")) {
                throw e;
            }
            checks.put("reading", one(Finding.of(Anomaly.PAGE_DAMAGED, String.valueOf(e.getMessage()))));
        }
        checks.put("structure", Pages.structure(cluster, thorough ? Pages.Depth.EVERYTHING : Pages.Depth.LEDGER));
        cluster.stop();
        checks.put("checksums", Pages.checksums(cluster));
    }

    private void ledger(
            Reading reading,
            RestoreOrder order,
            Expected expected,
            Prediction.Stop stop,
            Map<String, CheckResult> checks)
            throws SQLException {
        LedgerCheck check = new LedgerCheck(
                course.history(), expected.commits(), stop.before(), course.accounts(), askedTime(order));
        ExpectedObjects.Collector collector = new ExpectedObjects.Collector(check.expectation());
        reading.ledger(check, collector::row);
        reading.numbers(collector);
        LedgerResult result = check.finish();
        checks.put(LEDGER, result);
        checks.put("objects", ObjectsCheck.compare(collector.collected(), reading.objects(expected.throughLog())));
    }

    private static @Nullable Instant askedTime(RestoreOrder order) {
        return order.target() instanceof RecoveryTarget.Time time ? time.at() : null;
    }

    static void agreement(
            Attempt.Opened opened, Expected expected, Map<String, CheckResult> checks, List<String> silent) {
        switch (Agreement.of(expected.prediction(), opened.log(), expected.commits())) {
            case Agreement.Agrees _ -> checks.put("server log", new Told(List.of()));
            case Agreement.Differs differs -> checks.put("server log", new Told(List.of(differs.finding())));
            case Agreement.Silent said -> silent.add(said.reason());
        }
    }

    static CheckResult one(Finding finding) {
        return new Told(List.of(finding));
    }

    /** A check that has a yes or a no and nothing to count. */
    private record Told(List<Finding> findings) implements CheckResult {
        @Override
        public List<Measurement> measurements() {
            return List.of();
        }

        @Override
        public List<String> observations() {
            return List.of();
        }

        @Override
        public List<String> notCounted() {
            return List.of();
        }
    }
}
