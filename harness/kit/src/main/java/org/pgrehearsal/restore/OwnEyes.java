package org.pgrehearsal.restore;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.check.Expectation;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.Outcome;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.TransactionRecord;

/**
 * Shows the checks changes that they must find: a restored database that is right is tampered with, judged, and rolled back, once for each kind
 * of change. A check that has gone blind is so found out by the run that relies on it. Where history forked, only what a fork brings is tried.
 */
final class OwnEyes {
    private static final int LAST = 200;

    private final RowChecks checks;
    private final Reading reading;
    private final Expectation expectation;
    private final List<Finding> notFound = new ArrayList<>();
    private final List<String> vain = new ArrayList<>();
    private int tried;

    private OwnEyes(RowChecks checks, Reading reading) {
        this.checks = checks;
        this.reading = reading;
        expectation =
                new Expectation(checks.course().history(), checks.expected().commits(), checks.stop());
    }

    static CheckResult test(RowChecks checks, Reading reading) throws SQLException {
        OwnEyes eyes = new OwnEyes(checks, reading);
        boolean forked = checks.expected().commits().path().size() > 1;
        for (Tampering tampering : Tampering.values()) {
            boolean applies = switch (tampering.wanted()) {
                case LEFT_BEHIND -> forked;
                case RECOVERY -> !forked && checks.expected().throughLog();
                case NONE, ROLLED_BACK, NEVER_COMMITTED -> !forked;
            };
            if (applies) {
                eyes.show(tampering);
            }
        }
        if (!forked) {
            eyes.showOneCommitTooMany();
            eyes.show(
                    "an acknowledged commit that the log calls an abort",
                    Anomaly.HISTORY_CONTRADICTS_LOG,
                    eyes.contradicted());
        }
        return new Result(eyes.notFound, eyes.tried - eyes.notFound.size(), eyes.vain);
    }

    private void show(Tampering tampering) throws SQLException {
        List<String> statements = statements(tampering);
        if (statements == null && tampering.wanted() == Tampering.Wanted.NEVER_COMMITTED) {
            return; // no connection was cut so early in this course
        }
        boolean changed = statements != null
                && reading.tampered(statements, () -> show(tampering.phrase(), tampering.anomaly(), checks));
        if (!changed) {
            vain.add(tampering.phrase() + ": there is nothing to do that to");
        }
    }

    private void show(String change, Anomaly anomaly, RowChecks judging) throws SQLException {
        tried++;
        List<Finding> findings = (anomaly == Anomaly.STATUS_DISAGREES ? judging.status(reading) : judging.rows(reading))
                .values().stream().flatMap(result -> result.findings().stream()).toList();
        if (findings.stream().noneMatch(finding -> finding.anomaly() == anomaly)) {
            notFound.add(Finding.of(
                    Anomaly.UNDETECTED,
                    "the checks did not see that " + anomaly.summary() + " (tried: " + change + ")",
                    findings.stream().map(Finding::toString).toArray(String[]::new)));
        }
    }

    /** The rows stay as they are; the checks are told that recovery had to stop before the last commit of an operation. */
    private void showOneCommitTooMany() throws SQLException {
        Lsn lastCommit = expectation.lastCommit();
        if (lastCommit == null) {
            vain.add("one commit more than there should be: no operation is there");
            return;
        }
        RowChecks oneShort = checks.stoppingAt(lastCommit);
        show("one commit more than there should be", Anomaly.GHOST, oneShort);
        if (checks.expected().throughLog()) {
            show("one status more than there should be", Anomaly.STATUS_DISAGREES, oneShort);
        }
    }

    /** The same checks against a log in which an operation that was acknowledged ended by an abort. */
    private RowChecks contradicted() {
        History history = checks.course().history();
        CommitOrder commits = checks.expected().commits();
        List<TransactionRecord> records = new ArrayList<>(commits.records());
        for (int sequence = 0; sequence < history.operations(0); sequence++) {
            int ordinal = commits.endingOrdinal(history.xid(0, sequence));
            if (history.outcome(0, sequence) == Outcome.OK && ordinal >= 0) {
                TransactionRecord record = records.get(ordinal);
                records.set(
                        ordinal,
                        new TransactionRecord(
                                record.timeline(),
                                record.start(),
                                TransactionRecord.Kind.ABORT,
                                record.xid(),
                                record.subtransactions(),
                                record.at()));
                break;
            }
        }
        return checks.against(new CommitOrder(commits.path(), records));
    }

    private @Nullable List<String> statements(Tampering tampering) {
        String operation = "";
        if (tampering.wanted().isOperation()) {
            operation = operation(tampering.wanted());
            if (operation == null) {
                return null;
            }
        }
        List<String> statements = new ArrayList<>();
        for (String statement : tampering.statements()) {
            statements.add(statement.replace(":last", last()).replace(":operation", operation));
        }
        return statements;
    }

    /** The numbers of the last transactions before the stop, in the order of their commits. */
    private String last() {
        CommitOrder commits = checks.expected().commits();
        int end = commits.before(checks.stop());
        return commits.records().subList(Math.max(0, end - LAST), end).stream()
                .map(record -> Long.toString(record.xid()))
                .collect(Collectors.joining(", "));
    }

    private @Nullable String operation(Tampering.Wanted wanted) {
        History history = checks.course().history();
        for (int writer = 0; writer < history.writers(); writer++) {
            for (int sequence = 0; sequence < history.operations(writer); sequence++) {
                if (is(wanted, history, writer, sequence)) {
                    return writer + ", " + sequence;
                }
            }
        }
        return null;
    }

    private boolean is(Tampering.Wanted wanted, History history, int writer, int sequence) {
        boolean onPath = checks.expected()
                .commits()
                .isOnPath(new TimelineId(history.timeline(writer, sequence)), history.insertedAt(writer, sequence));
        return switch (wanted) {
            case NONE, RECOVERY -> false;
            case ROLLED_BACK -> onPath && history.outcome(writer, sequence) == Outcome.FAILED;
            case NEVER_COMMITTED ->
                onPath
                        && history.outcome(writer, sequence) == Outcome.UNKNOWN
                        && !expectation.expects(writer, sequence);
            case LEFT_BEHIND -> !onPath;
        };
    }

    /**
     * @param findings what went unnoticed
     * @param found    how many changes were found, each as what it is
     * @param notCounted changes that changed nothing, so that nothing was to be found
     */
    private record Result(List<Finding> findings, int found, List<String> notCounted) implements CheckResult {
        Result {
            findings = List.copyOf(findings);
            notCounted = List.copyOf(notCounted);
        }

        @Override
        public List<Measurement> measurements() {
            return List.of(new Measurement("changes to the restored rows, found", found, "changes"));
        }

        @Override
        public List<String> observations() {
            return List.of();
        }
    }
}
