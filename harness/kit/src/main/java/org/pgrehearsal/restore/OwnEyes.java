package org.pgrehearsal.restore;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.Outcome;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.wal.CommitOrder;

/**
 * Shows the checks changes that they must find: a restored database that is right is tampered with, judged, and rolled back, once for each kind
 * of change. A check that has gone blind is so found out in the run that relies on it.
 *
 * @param notFound what went unnoticed
 * @param found    how many changes were found, each as what it is
 * @param vain     changes that changed nothing, so that nothing was to be found
 */
record OwnEyes(List<Finding> notFound, int found, List<String> vain) implements CheckResult {
    private static final int LAST = 200;

    OwnEyes {
        notFound = List.copyOf(notFound);
        vain = List.copyOf(vain);
    }

    static OwnEyes of(RowChecks checks, Reading reading) throws SQLException {
        List<Finding> notFound = new ArrayList<>();
        List<String> vain = new ArrayList<>();
        int found = 0;
        for (Tampering tampering : Tampering.values()) {
            boolean changed = reading.tampered(
                    statements(tampering, checks),
                    () -> see(tampering.phrase(), tampering.anomaly(), checks, reading, notFound));
            if (!changed) {
                vain.add(tampering.phrase() + ": there is nothing to change");
            }
            found++;
        }
        if (checks.expected().throughLog()) {
            see("one commit too many", Anomaly.STATUS_DISAGREES, checks.oneCommitShort(), reading, notFound);
            found++;
        }
        return new OwnEyes(notFound, found - notFound.size() - vain.size(), vain);
    }

    private static void see(String change, Anomaly anomaly, RowChecks checks, Reading reading, List<Finding> notFound)
            throws SQLException {
        List<Finding> findings = checks.judge(reading).values().stream()
                .flatMap(result -> result.findings().stream())
                .toList();
        if (findings.stream().noneMatch(finding -> finding.anomaly() == anomaly)) {
            notFound.add(Finding.of(
                    Anomaly.UNDETECTED,
                    "the checks did not see that " + anomaly.summary() + " (tried: " + change + ")",
                    findings.stream().map(Finding::toString).toArray(String[]::new)));
        }
    }

    private static List<String> statements(Tampering tampering, RowChecks checks) {
        History history = checks.course().history();
        Operation undone = rolledBack(history);
        String last = last(checks);
        List<String> statements = new ArrayList<>();
        for (String statement : tampering.statements()) {
            statements.add(statement
                    .replace(":last", last)
                    .replace(":writer", Integer.toString(undone.writer()))
                    .replace(":seq", Long.toString(undone.sequence())));
        }
        return statements;
    }

    private record Operation(int writer, long sequence) {}

    private static Operation rolledBack(History history) {
        for (int writer = 0; writer < history.writers(); writer++) {
            for (long sequence = 0; sequence < history.operations(writer); sequence++) {
                if (history.outcome(writer, sequence) == Outcome.FAILED) {
                    return new Operation(writer, sequence);
                }
            }
        }
        throw new IllegalStateException("the writers rolled nothing back");
    }

    /** The numbers of the last transactions before the stop, in the order of their commits. */
    private static String last(RowChecks checks) {
        CommitOrder commits = checks.expected().commits();
        int end = commits.before(checks.stop());
        return commits.records().subList(Math.max(0, end - LAST), end).stream()
                .map(record -> Long.toString(record.xid()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public List<Finding> findings() {
        return notFound;
    }

    @Override
    public List<Measurement> measurements() {
        return List.of(new Measurement("changes to the restored rows, found", found, "changes"));
    }

    @Override
    public List<String> observations() {
        return List.of();
    }

    @Override
    public List<String> notCounted() {
        return vain;
    }
}
