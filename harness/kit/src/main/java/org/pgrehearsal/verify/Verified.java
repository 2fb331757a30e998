package org.pgrehearsal.verify;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.restore.Judgement;
import org.pgrehearsal.system.KeptBackup;
import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.verdict.Verdict;
import org.pgrehearsal.wal.Frontier;
import org.pgrehearsal.wal.WalFacts;

/**
 * What the verification of one backup came to.
 *
 * @param kept         the backup
 * @param facts        what the archived log says, by timeline
 * @param frontier     how far the archive reaches
 * @param target       where recovery was asked to stop; null if nothing was restored
 * @param judgement    of the restore; null if nothing was restored
 * @param archive      what is wrong with the archive
 * @param doubts       why it proves nothing even without a finding
 * @param measurements beside those of the judgement
 * @param observations likewise
 * @param notTested    what could not be looked at, and why
 */
public record Verified(
        KeptBackup kept,
        List<WalFacts> facts,
        Frontier frontier,
        @Nullable RecoveryTarget target,
        @Nullable Judgement judgement,
        List<Finding> archive,
        List<String> doubts,
        List<Measurement> measurements,
        List<String> observations,
        List<String> notTested) {
    public Verified {
        facts = List.copyOf(facts);
        archive = List.copyOf(archive);
        doubts = List.copyOf(doubts);
        measurements = List.copyOf(measurements);
        observations = List.copyOf(observations);
        notTested = List.copyOf(notTested);
    }

    /** The archive's faults first: they are why a restore fails. */
    public Verdict verdict() {
        List<Finding> findings = new ArrayList<>(archive);
        List<String> reasons = new ArrayList<>(doubts);
        if (judgement != null) {
            findings.addAll(judgement.findings());
            reasons.addAll(judgement.reasons());
        }
        if (!doubts.isEmpty() && archive.isEmpty()) {
            return new Verdict.Inconclusive(reasons);
        }
        if (!findings.isEmpty()) {
            return new Verdict.Refuted(findings);
        }
        if (judgement == null && reasons.isEmpty()) {
            reasons.add("nothing was restored");
        }
        return reasons.isEmpty() ? new Verdict.Proved() : new Verdict.Inconclusive(reasons);
    }
}
