package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Verdict;

class DrillRunnerTest {
    private static final Verdict PROVED = new Verdict.Proved();
    private static final Verdict DOUBT = new Verdict.Inconclusive(List.of("the store went away"));
    private static final Verdict REFUTED =
            new Verdict.Refuted(List.of(Finding.of(Anomaly.LOST_SUFFIX, "the last commits are gone")));

    @Test
    void zeroIfAllAreProved() {
        assertThat(exitCode(PROVED, PROVED)).isZero();
    }

    @Test
    void twoIfOneIsInconclusive() {
        assertThat(exitCode(PROVED, DOUBT, PROVED)).isEqualTo(2);
    }

    @Test
    void oneIfOneIsRefutedWhateverElse() {
        assertThat(exitCode(DOUBT, PROVED, REFUTED)).isEqualTo(1);
        assertThat(exitCode(REFUTED, DOUBT)).isEqualTo(1);
    }

    @Test
    void nothingIsNoProof() {
        assertThat(exitCode()).isEqualTo(2);
    }

    private static int exitCode(Verdict... verdicts) {
        return DrillRunner.exitCode(
                Stream.of(verdicts).map(DrillRunnerTest::drill).toList());
    }

    private static DrillRecord drill(Verdict verdict) {
        return new DrillRecord(
                "pgbackrest",
                "restore",
                "a scenario",
                false,
                verdict,
                "a summary",
                Instant.EPOCH,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "");
    }
}
