package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RetentionTest {
    @Test
    void onlyTheTimesOfABackupArePutBack() {
        String info = """
                backup_label=2026-03-01
                begin_time=2026-03-01 00:10:11.123456+00:00
                begin_time_iso=2026-03-01T00:10:11.123456+00:00
                end_time=2026-03-01 00:10:12+00:00
                """;

        assertThat(Retention.aged(info, 2)).isEqualTo("""
                backup_label=2026-03-01
                begin_time=2026-02-27 00:10:11.123456+00:00
                begin_time_iso=2026-02-27T00:10:11.123456+00:00
                end_time=2026-02-27 00:10:12+00:00
                """);
    }

    @Test
    void aTextWithoutATimeIsNotTakenForAged() {
        assertThatThrownBy(() -> Retention.aged("status=DONE", 2)).hasMessageContaining("no time");
    }
}
