package org.pgrehearsal.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgrehearsal.target.Prediction.Reason;
import org.pgrehearsal.target.Prediction.Refusal;
import org.pgrehearsal.target.Prediction.Stop;
import org.pgrehearsal.target.Prediction.Undecided;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.Samples;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalDump;
import org.pgrehearsal.wal.WalHistory;
import org.pgrehearsal.wal.WalLayout;

/** The rules against real logs: one backup on PostgreSQL 15, restored to each of these targets. */
class StopsTest {
    private static final WalHistory HISTORY = WalDump.read(
                    TimelineId.FIRST,
                    WalLayout.DEFAULT,
                    Stream.of("transactions.txt", "xlog.txt").flatMap(name -> Samples.lines(name).stream()))
            .alone();
    private static final RecoveryRange RANGE =
            new RecoveryRange(Lsn.parse("0/2000028"), Lsn.parse("0/2000100"), Lsn.parse("0/7000000"));

    record Case(String log, RecoveryTarget target) {}

    static Stream<Case> restored() {
        return Stream.of(
                new Case("time-incl", time("2026-11-21T11:01:13.750640Z", true)),
                new Case("time-before", time("2025-11-21T11:01:13.750640Z", true)),
                new Case("lsn-incl", new RecoveryTarget.AtLsn(Lsn.parse("0/3000159"), true)),
                new Case("lsn-backup-end-incl", new RecoveryTarget.AtLsn(Lsn.parse("0/20000D8"), true)),
                new Case("xid-subabort", new RecoveryTarget.Xid(733, true)),
                new Case("xid-prepared-abort-excl", new RecoveryTarget.Xid(736, false)),
                new Case("name", new RecoveryTarget.Name("rp one")),
                new Case("immediate", new RecoveryTarget.Immediate()),
                new Case("latest", new RecoveryTarget.Latest()),
                new Case("time-late", time("2027-11-21T11:01:13.750640Z", true)));
    }

    @ParameterizedTest
    @MethodSource("restored")
    void theServerStoppedWhereTheRuleSays(Case restored) {
        Prediction prediction = Stops.predict(restored.target(), HISTORY, RANGE);

        assertThat(Agreement.of(prediction, ServerLogs.read(restored.log()), HISTORY.order()))
                .as(prediction.toString())
                .isEqualTo(new Agreement.Agrees());
    }

    @ParameterizedTest
    @MethodSource("restored")
    void noOtherLogAgrees(Case restored) {
        Prediction prediction = Stops.predict(restored.target(), HISTORY, RANGE);

        assertThat(restored().filter(other -> !other.equals(restored)))
                .allSatisfy(other -> assertThat(Agreement.of(prediction, ServerLogs.read(other.log()), HISTORY.order()))
                        .isNotEqualTo(new Agreement.Agrees()));
    }

    @Test
    void anArchiveThatWasCutShortIsFoundOutWithoutATarget() {
        Prediction all = Stops.predict(new RecoveryTarget.Latest(), HISTORY, RANGE);

        assertThat(Agreement.of(all, ServerLogs.read("short-latest"), HISTORY.order()))
                .isInstanceOfSatisfying(
                        Agreement.Differs.class,
                        differs -> assertThat(differs.finding().anomaly()).isEqualTo(Anomaly.STOPPED_ELSEWHERE));
    }

    @Test
    void aPositionInsideTheBackupIsRefused() {
        // the one log where the dump must show the record itself
        WalHistory complete = WalDump.read(
                        TimelineId.FIRST, WalLayout.DEFAULT, Samples.lines("all-records.txt").stream())
                .alone();
        Prediction prediction = Stops.predict(new RecoveryTarget.AtLsn(Lsn.parse("0/1500000"), true), complete, RANGE);

        assertThat(prediction)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.BEFORE_CONSISTENCY));
        assertThat(Agreement.of(prediction, ServerLogs.read("lsn-early"), complete.order()))
                .isEqualTo(new Agreement.Agrees());
        assertThat(Agreement.of(prediction, ServerLogs.read("lsn-incl"), complete.order()))
                .isInstanceOfSatisfying(
                        Agreement.Differs.class,
                        differs -> assertThat(differs.finding().anomaly()).isEqualTo(Anomaly.UNDETECTED));
    }

    @Test
    void anExclusivePositionAfterTheLastRecordIsNeverReached() {
        assertThat(Stops.predict(new RecoveryTarget.AtLsn(Lsn.parse("0/7000000"), false), HISTORY, RANGE))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NEVER_REACHED));
    }

    @Test
    void tooFewRecordsAreSaidToBeTooFew() {
        RecoveryRange longer = new RecoveryRange(RANGE.redo(), RANGE.consistent(), Lsn.parse("0/9000000"));

        assertThat(Stops.predict(new RecoveryTarget.AtLsn(Lsn.parse("0/8000000"), true), HISTORY, longer))
                .isInstanceOf(Undecided.class);
    }

    @Test
    void aPositionStopIsExactIfTheRecordIsKnown() {
        assertThat(Stops.predict(new RecoveryTarget.AtLsn(Lsn.parse("0/3000158"), true), HISTORY, RANGE))
                .isInstanceOfSatisfying(Stop.class, stop -> {
                    assertThat(stop.exact()).isTrue();
                    assertThat(stop.before()).isEqualTo(Lsn.parse("0/3000198"));
                    assertThat(stop.at()).isNotNull();
                });
    }

    @Test
    void anArchiveThatEndsInsideTheBackupIsRefused() {
        RecoveryRange cut = new RecoveryRange(RANGE.redo(), RANGE.consistent(), Lsn.parse("0/20000D8"));

        assertThat(Stops.predict(new RecoveryTarget.Latest(), HISTORY, cut))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.ENDS_BEFORE_CONSISTENCY));
    }

    private static RecoveryTarget time(String at, boolean inclusive) {
        return new RecoveryTarget.Time(Instant.parse(at), inclusive);
    }
}
