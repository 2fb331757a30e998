package org.pgrehearsal.check;

import java.util.List;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;

/** What a check comes to. It proves something only if it found nothing wrong <em>and</em> {@link #counted}. */
public interface CheckResult {
    /** What is wrong; empty if nothing is. */
    List<Finding> findings();

    /** What was counted. */
    List<Measurement> measurements();

    /** Worth telling, wrong in no way. */
    List<String> observations();

    /** Why the check proves nothing even without a finding, one sentence each; empty if it counted what it must. */
    List<String> notCounted();

    /** Whether it looked at enough to be a proof. */
    default boolean counted() {
        return notCounted().isEmpty();
    }
}
