package org.pgrehearsal.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.check.LedgerResult;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.verdict.Verdict;
import org.pgrehearsal.wal.Lsn;

/**
 * What the checks came to, by the name of each check, in the order in which they ran.
 *
 * @param attempt  what became of the restore
 * @param expected what it had to come to
 * @param checks   what each check came to
 * @param silent   reasons why something could not be judged at all
 * @param demanded the check without which a restore that succeeded is not proved
 */
public record Judgement(
        Attempt attempt, Expected expected, Map<String, CheckResult> checks, List<String> silent, String demanded) {
    public Judgement {
        silent = List.copyOf(silent);
    }

    /** Of a restore of our own source, which must have its ledger checked. */
    public Judgement(Attempt attempt, Expected expected, Map<String, CheckResult> checks, List<String> silent) {
        this(attempt, expected, checks, silent, RowChecks.LEDGER);
    }

    /** Everything that is wrong. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (attempt instanceof Attempt.Refused refused) {
            findings.add(Finding.of(
                    Anomaly.REFUSED, (refused.by() == Attempt.By.ENGINE ? "engine: " : "server: ") + refused.reason()));
        }
        checks.values().forEach(check -> findings.addAll(check.findings()));
        return findings;
    }

    /** Why this proves nothing even without a finding. */
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>(silent);
        if (attempt instanceof Attempt.Opened && !checks.containsKey(demanded)) {
            reasons.add("the " + demanded + " was not checked");
        }
        checks.forEach((name, check) -> check.notCounted().forEach(reason -> reasons.add(name + ": " + reason)));
        return reasons;
    }

    public List<Measurement> measurements() {
        return checks.values().stream()
                .flatMap(check -> check.measurements().stream())
                .toList();
    }

    public List<String> observations() {
        return checks.values().stream()
                .flatMap(check -> check.observations().stream())
                .toList();
    }

    /** Where the first lost commit lies; null if none is lost. */
    public @Nullable Lsn firstLost() {
        return checks.get(RowChecks.LEDGER) instanceof LedgerResult result && result.lostSuffix() != null
                ? result.lostSuffix().first()
                : null;
    }

    /** The verdict on a restore that has to succeed. */
    public Verdict verdict() {
        List<Finding> findings = findings();
        if (!findings.isEmpty()) {
            return new Verdict.Refuted(findings);
        }
        List<String> reasons = reasons();
        return reasons.isEmpty() ? new Verdict.Proved() : new Verdict.Inconclusive(reasons);
    }
}
