package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AlertTest {
    private static final Alert ALERT = new Alert("A", "failed", "archived");

    @Test
    void theAlertOfTheTreeComparesTwoMetrics() {
        assertThat(Alert.read(Path.of("../.."), "PostgresArchivingFailing"))
                .isEqualTo(new Alert(
                        "PostgresArchivingFailing",
                        "cnpg_pg_stat_archiver_last_failed_time",
                        "cnpg_pg_stat_archiver_last_archived_time"));
    }

    @Test
    void anAlertThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Alert.read(Path.of("../.."), "NoSuchAlert"))
                .hasMessageContaining("no alert NoSuchAlert");
    }

    @Test
    void anotherFormOfExpressionIsNotTakenForAComparison() {
        assertThatThrownBy(() -> Alert.parse("A", "absent(up{x=\"y\"})")).hasMessageContaining("no comparison");
        assertThatThrownBy(() ->
                        Alert.parse("A", "max(a{x=\"y\"}) > max(b{x=\"y\"}) or max(c{x=\"y\"}) > max(d{x=\"y\"})"))
                .hasMessageContaining("no comparison");
    }

    @Test
    void itIsTrueWhileTheFirstIsAboveTheSecond() {
        assertThat(ALERT.values("failed 2\narchived{a=\"b\"} 1.5e0\n").areTrue())
                .isTrue();
        assertThat(ALERT.values("failed 1\narchived 1\n").areTrue()).isFalse();
        assertThat(ALERT.values("failed_other 9\narchived 1\n").areTrue()).isFalse();
        assertThat(ALERT.values("failed NaN\narchived 1\n").areTrue()).isFalse();
        assertThat(ALERT.values("failed 2\n").areTrue()).isFalse();
    }
}
