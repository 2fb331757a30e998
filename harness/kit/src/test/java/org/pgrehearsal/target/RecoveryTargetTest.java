package org.pgrehearsal.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

class RecoveryTargetTest {
    private static final TargetTimeline LATEST = new TargetTimeline.Latest();

    @Test
    void aTimeKeepsItsMicrosecondsAndIsInUtc() {
        assertThat(new RecoveryTarget.Time(Instant.parse("2026-11-21T11:01:13.7495Z"), false)
                        .settings(LATEST, TargetAction.PAUSE))
                .isEqualTo(Map.of(
                        "recovery_target_time", "2026-11-21 11:01:13.749500+00",
                        "recovery_target_inclusive", "off",
                        "recovery_target_timeline", "latest",
                        "recovery_target_action", "pause"));
    }

    @Test
    void aTimeFinerThanAMicrosecondIsRefused() {
        assertThatThrownBy(() -> new RecoveryTarget.Time(Instant.parse("2026-11-21T11:01:13.7495001Z"), true))
                .hasMessageContaining("whole microseconds");
    }

    @Test
    void positionTransactionNameAndConsistencyHaveOneSettingEach() {
        assertThat(new RecoveryTarget.AtLsn(Lsn.parse("1/3000158"), true)
                        .settings(new TargetTimeline.Current(), TargetAction.PROMOTE))
                .isEqualTo(Map.of(
                        "recovery_target_lsn", "1/3000158",
                        "recovery_target_inclusive", "on",
                        "recovery_target_timeline", "current",
                        "recovery_target_action", "promote"));
        assertThat(new RecoveryTarget.Xid(735, true).settings(LATEST, TargetAction.PAUSE))
                .containsEntry("recovery_target_xid", "735");
        assertThat(new RecoveryTarget.Name("it's").settings(LATEST, TargetAction.PAUSE))
                .containsEntry("recovery_target_name", "it's")
                .doesNotContainKey("recovery_target_inclusive");
        assertThat(new RecoveryTarget.Immediate().settings(LATEST, TargetAction.SHUTDOWN))
                .isEqualTo(Map.of(
                        "recovery_target", "immediate",
                        "recovery_target_timeline", "latest",
                        "recovery_target_action", "shutdown"));
    }

    @Test
    void latestSetsNothingButTheTimeline() {
        assertThat(new RecoveryTarget.Latest()
                        .settings(new TargetTimeline.Numbered(new TimelineId(12)), TargetAction.PAUSE))
                .isEqualTo(Map.of("recovery_target_timeline", "12"));
    }

    @Test
    void logTimesAreReadInAnyZone() {
        assertThat(Clock.parse("2026-11-21 11:01:13.7495+00")).isEqualTo(Instant.parse("2026-11-21T11:01:13.749500Z"));
        assertThat(Clock.parse("2026-11-21 16:31:13+05:30")).isEqualTo(Instant.parse("2026-11-21T11:01:13Z"));
        assertThat(Clock.parse("2026-11-21 08:01:13.000001-03"))
                .isEqualTo(Instant.parse("2026-11-21T11:01:13.000001Z"));
    }
}
