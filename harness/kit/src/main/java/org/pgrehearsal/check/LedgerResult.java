package org.pgrehearsal.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;

/**
 * What {@link LedgerCheck} comes to.
 *
 * @param counts       what it counted; {@link LedgerCounts#neverArchived} is the data loss that a caller may hold against an objective
 * @param lostSuffix   the commits behind {@code LOST_SUFFIX}; null if none
 * @param holes        the commits behind {@code HOLE}; null if none
 */
public record LedgerResult(
        List<Finding> findings,
        LedgerCounts counts,
        @Nullable Missing lostSuffix,
        @Nullable Missing holes,
        List<String> observations,
        Accounts accounts)
        implements CheckResult {
    public LedgerResult {
        findings = List.copyOf(findings);
        observations = List.copyOf(observations);
    }

    @Override
    public List<Measurement> measurements() {
        return counts.measurements();
    }

    @Override
    public List<String> notCounted() {
        return counts.notCounted(accounts);
    }
}
