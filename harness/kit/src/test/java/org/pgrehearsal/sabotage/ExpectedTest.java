package org.pgrehearsal.sabotage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.wal.Lsn;

class ExpectedTest {
    private final Expected expected = Expected.anyOf(
            Sign.Refusal.by(Outcome.By.SERVER, "WAL ends before end of online backup"),
            new Sign.Discovery(
                    Set.of(Anomaly.LOST_SUFFIX, Anomaly.ARCHIVE_GAP),
                    Set.of(Anomaly.STATUS_DISAGREES),
                    new LossRange(Lsn.parse("0/5000000"), Lsn.parse("0/6000000"))));
    private final Damage damage =
            new Damage("segment 5 is missing", Set.of("wal/0000/5-ab.lz4"), Set.of("wal/0000/5-ab.lz4"), expected);

    private static Outcome found(@Nullable String firstLost, Anomaly... anomalies) {
        return new Outcome.Refuted(
                Arrays.stream(anomalies).map(one -> Finding.of(one, "seen")).toList(),
                firstLost == null ? null : Lsn.parse(firstLost));
    }

    @Test
    void theRightRefusalIsRight() {
        assertThat(expected.mismatch(new Outcome.Refused(
                        Outcome.By.SERVER, "FATAL:  WAL ends before end of online backup\nHINT: ...")))
                .isEmpty();
    }

    @Test
    void theSameWordsFromAnotherMouthAreWrong() {
        assertThat(expected.mismatch(new Outcome.Refused(Outcome.By.ENGINE, "WAL ends before end of online backup")))
                .hasValueSatisfying(why -> assertThat(why).contains("by the engine and not by the server"));
    }

    @Test
    void otherWordsAreWrong() {
        assertThat(expected.mismatch(new Outcome.Refused(Outcome.By.SERVER, "FATAL:  out of memory")))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("out of memory").contains("other words"));
    }

    @Test
    void aLossIsRightOnlyWhereTheDamageIs() {
        assertThat(expected.mismatch(found("0/5000000", Anomaly.LOST_SUFFIX, Anomaly.STATUS_DISAGREES)))
                .isEmpty();
        assertThat(expected.mismatch(found("0/5FFFFFF", Anomaly.LOST_SUFFIX))).isEmpty();
        assertThat(expected.mismatch(found("0/4FFFFFF", Anomaly.LOST_SUFFIX)))
                .contains("the loss begins at 0/4FFFFFF and not within [0/5000000, 0/6000000)");
        assertThat(expected.mismatch(found("0/6000000", Anomaly.LOST_SUFFIX))).isPresent();
        assertThat(expected.mismatch(found(null, Anomaly.LOST_SUFFIX))).contains("nobody says where the loss begins");
        assertThat(expected.mismatch(found(null, Anomaly.ARCHIVE_GAP))).isEmpty();
    }

    @Test
    void aFindingThatTheDamageDoesNotExplainIsWrong() {
        assertThat(expected.mismatch(found("0/5000000", Anomaly.LOST_SUFFIX, Anomaly.GHOST)))
                .contains("found was also [GHOST], which this damage does not explain");
        assertThat(expected.mismatch(found(null, Anomaly.STATUS_DISAGREES)))
                .hasValueSatisfying(why -> assertThat(why).contains("none of [LOST_SUFFIX, ARCHIVE_GAP]"));
    }

    @Test
    void acceptedIsUndetected() {
        assertThat(damage.judge(new Outcome.Accepted())).hasValueSatisfying(finding -> {
            assertThat(finding.anomaly()).isEqualTo(Anomaly.UNDETECTED);
            assertThat(finding.what()).contains("went unnoticed").contains("segment 5 is missing");
        });
    }

    @Test
    void aWrongReasonIsUndetectedTooAndARightOneIsNot() {
        assertThat(damage.judge(found(null, Anomaly.PAGE_DAMAGED))).hasValueSatisfying(finding -> {
            assertThat(finding.anomaly()).isEqualTo(Anomaly.UNDETECTED);
            assertThat(finding.what()).contains("but not this damage").contains("PAGE_DAMAGED");
        });
        assertThat(damage.judge(found("0/5000100", Anomaly.LOST_SUFFIX))).isEmpty();
    }

    @Test
    void aDamageThatMayOnlyBeRefusedMustNotBeFoundLater() {
        Expected loud = Expected.anyOf(Sign.Refusal.by(Outcome.By.ENGINE, "checksum"));

        assertThat(loud.mismatch(found(null, Anomaly.PAGE_DAMAGED)))
                .hasValueSatisfying(why -> assertThat(why).contains("must not show as"));
    }

    @Test
    void aMissingObjectIsReachedByListingItsDirectoryAndASpoiledOneIsNot() {
        Damage spoiled = new Damage("5 is empty", Set.of("wal/0000/5-ab.lz4"), Set.of(), expected);

        assertThat(damage.reached(List.of(), List.of("wal/0000/5"))).isTrue();
        assertThat(damage.reached(List.of(), List.of("wal/0000"))).isTrue();
        assertThat(damage.reached(List.of(), List.of("wal/", "wal/0000/6"))).isFalse();
        assertThat(damage.reached(List.of("wal/0000/5-ab.lz4"), List.of())).isTrue();
        assertThat(spoiled.reached(List.of(), List.of("wal/0000/"))).isFalse();
        assertThat(spoiled.reached(List.of("wal/0000/5-ab.lz4"), List.of())).isTrue();
    }

    @Test
    void aDamageWithoutASignIsRefused() {
        assertThatThrownBy(() -> new Expected(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
