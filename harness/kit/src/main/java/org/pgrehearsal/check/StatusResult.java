package org.pgrehearsal.check;

import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;

/**
 * What {@link TransactionStatusCheck} comes to. Subtransactions count like transactions.
 *
 * @param committed  transactions that must be committed and are
 * @param aborted    transactions that must be aborted and are
 * @param absent     transactions that must not be committed and are not
 * @param forgotten  transactions of which the cluster no longer knows anything
 * @param notAnswered transactions in scope of which nothing was told
 */
public record StatusResult(
        List<Finding> findings, long committed, long aborted, long absent, long forgotten, long notAnswered)
        implements CheckResult {
    public StatusResult {
        findings = List.copyOf(findings);
    }

    @Override
    public List<Measurement> measurements() {
        return List.of(
                new Measurement("committed in log and cluster", committed, "transactions"),
                new Measurement("aborted in log and cluster", aborted, "transactions"),
                new Measurement("not before the stop, not committed", absent, "transactions"),
                new Measurement("too old for the cluster to know", forgotten, "transactions"),
                new Measurement("not asked", notAnswered, "transactions"));
    }

    @Override
    public List<String> observations() {
        return List.of();
    }

    @Override
    public List<String> notCounted() {
        List<String> reasons = new ArrayList<>();
        if (committed == 0) {
            reasons.add("no transaction of the log was found committed");
        }
        if (notAnswered > 0) {
            reasons.add("the status of " + notAnswered + " transactions was not told");
        }
        return List.copyOf(reasons);
    }
}
