package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgrehearsal.restore.Attempt;
import org.pgrehearsal.target.Prediction;
import org.pgrehearsal.target.RecoveryLogParser;

class RefusalsTest {
    @ParameterizedTest
    @EnumSource(Prediction.Reason.class)
    void theServersOwnWordsForTheReasonCount(Prediction.Reason reason) {
        assertThat(Refusals.isFor(byServer("FATAL:  " + reason.message()), refusal(reason)))
                .isTrue();
    }

    @Test
    void theServersWordsForAnotherReasonDoNot() {
        assertThat(Refusals.isFor(
                        byServer("FATAL:  " + Prediction.Reason.BEFORE_CONSISTENCY.message()),
                        refusal(Prediction.Reason.NEVER_REACHED)))
                .isFalse();
    }

    @Test
    void whatIsNotFatalDoesNot() {
        assertThat(Refusals.isFor(
                        byServer("LOG:  " + Prediction.Reason.NEVER_REACHED.message()),
                        refusal(Prediction.Reason.NEVER_REACHED)))
                .isFalse();
    }

    @Test
    void theEnginesWordsForATimelineCount() {
        assertThat(Refusals.isFor(byEngine("target timeline 77 forked"), refusal(Prediction.Reason.NO_SUCH_TIMELINE)))
                .isTrue();
    }

    @Test
    void whatTheEngineCannotKnowIsNeverItsReason() {
        assertThat(Refusals.isFor(byEngine("unable to find a backup set"), refusal(Prediction.Reason.NEVER_REACHED)))
                .isFalse();
    }

    private static Prediction.Refusal refusal(Prediction.Reason reason) {
        return new Prediction.Refusal(reason, "of the rules");
    }

    private static Attempt.Refused byServer(String line) {
        return new Attempt.Refused(
                Attempt.By.SERVER,
                "the server ended",
                RecoveryLogParser.parse(java.util.stream.Stream.of("2026-01-01 00:00:00.000 UTC [7] " + line)));
    }

    private static Attempt.Refused byEngine(String reason) {
        return new Attempt.Refused(Attempt.By.ENGINE, reason, RecoveryLogParser.parse(java.util.stream.Stream.of()));
    }
}
