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
import org.pgrehearsal.course.Course;
import org.pgrehearsal.course.Progress;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.target.Agreement;
import org.pgrehearsal.target.Prediction;
import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;

/** Judges one restore by every check that applies. */
public final class Judge {
    private final Course course;

    public Judge(Course course) {
        this.course = course;
    }

    /**
     * Looks at what came back. The server may be stopped in the end: where pages are files, their checksums can only be read then.
     *
     * @param thorough whether every relation is held against its indexes, not only the ledger's, and the checks are shown changes that they must find
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
        try (Connection connection = opened.server().connect(LedgerSchema.DATABASE)) {
            Reading reading = new Reading(connection);
            if (expected.throughLog() && reading.systemId() != course.systemId()) {
                checks.put(
                        "identity",
                        one(Finding.of(
                                Anomaly.WRONG_CLUSTER,
                                "system identifier " + reading.systemId() + " instead of " + course.systemId())));
            }
            boolean promoted = !opened.paused() && !(order.target() instanceof RecoveryTarget.Latest);
            RowChecks rows = new RowChecks(course, expected, stop.before(), askedTime(order), promoted);
            checks.putAll(rows.rows(reading));
            checks.putAll(rows.status(reading));
            if (thorough) {
                checks.put("own eyes", OwnEyes.test(rows, reading));
            }
        } catch (SQLException e) {
            // class XX: PostgreSQL found damage while it was reading
            if (e.getSQLState() == null || !e.getSQLState().startsWith("XX")) {
                throw e;
            }
            checks.put("reading", one(Finding.of(Anomaly.PAGE_DAMAGED, String.valueOf(e.getMessage()))));
        }
        Pages.Depth depth = thorough ? Pages.Depth.EVERYTHING : Pages.Depth.LEDGER;
        checks.put("structure", opened.pages().structure(LedgerSchema.DATABASE, depth));
        checks.put("checksums", opened.pages().checksums());
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
