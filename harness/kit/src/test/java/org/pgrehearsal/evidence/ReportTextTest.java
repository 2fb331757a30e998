package org.pgrehearsal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgrehearsal.verdict.Measurement;

class ReportTextTest {
    @Test
    void showsTheTableTheReasonsAndTheSum() {
        String text = ReportText.render(SampleRuns.mixed(), 100, false);

        assertThat(text.lines().findFirst().orElse("")).matches(" +pgbackrest +barman-cloud +pg-dump");
        assertThat(text)
                .containsPattern("To an LSN, inclusive +PROVED 4\\.2 s +PROVED 4\\.6 s +n/a")
                .containsPattern("A missing WAL segment in the middle +FOUND")
                .contains("REFUTED  barman-cloud: Restore to latest")
                .contains("  - the end of the history is lost (1\u202F204×): 1 204 acknowledged")
                .contains("INCONCLUSIVE  pgbackrest: The store answers 503 from the second WAL segment on (control)")
                .contains("33 drills: 29 proved, 2 refuted, 2 inconclusive; 6 not applicable; 1 min 18 s")
                .contains("no other verdict of this run counts")
                .endsWith("Again: ./rehearse run --seed -8412113004177\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 120, 200})
    void staysWithinTheTerminal(int width) {
        for (RunRecord run : List.of(SampleRuns.mixed(), SampleRuns.hostile(), SampleRuns.nothing())) {
            assertThat(ReportText.render(run, width, false)
                            .lines()
                            .filter(line -> !line.matches("(    [a-z]|Again: ).*")))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(Columns.width(line)).as(line).isLessThanOrEqualTo(width));
        }
    }

    @Test
    void coloursChangeNoWord() {
        String plain = ReportText.render(SampleRuns.mixed(), 80, false);
        String coloured = ReportText.render(SampleRuns.mixed(), 80, true);

        assertThat(coloured).contains("\u001B[1;31mREFUTED").isNotEqualTo(plain);
        assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void letsNoControlSequenceThrough() {
        assertThat(ReportText.render(SampleRuns.hostile(), 80, false)).doesNotContain("\u001B", "\u0000", "\u202E");
    }

    @Test
    void nothingIsNotAProof() {
        assertThat(ReportText.render(SampleRuns.nothing(), 80, false))
                .startsWith("No drill ran: nothing is proved")
                .doesNotContain("0 proved");
    }

    @Test
    void wrapsAtSpacesAndInsideLongWords() {
        assertThat(Columns.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(Columns.wrap("abcdefghij k", 4)).containsExactly("abcd", "efgh", "ij k");
        assertThat(Columns.wrap("a abcdefgh", 4)).containsExactly("a", "abcd", "efgh");
        assertThat(Columns.wrap("", 4)).containsExactly("");
        assertThat(Columns.wrap("日本語文", 4)).containsExactly("日本", "語文");
        assertThat(Columns.cut("abcdef", 4)).isEqualTo("abc…");
    }

    @Test
    void writesQuantitiesForPeople() {
        assertThat(Quantity.time(Duration.ofNanos(410_000))).isEqualTo("410 µs");
        assertThat(Quantity.time(Duration.ofMillis(340))).isEqualTo("340 ms");
        assertThat(Quantity.time(Duration.ofNanos(999_700_000))).isEqualTo("1.0 s");
        assertThat(Quantity.time(Duration.ofMillis(59_970))).isEqualTo("1 min 00 s");
        assertThat(Quantity.time(Duration.ofSeconds(3599))).isEqualTo("59 min 59 s");
        assertThat(Quantity.time(Duration.ofMinutes(125))).isEqualTo("2 h 05 min");
        assertThat(Quantity.bytes(999)).isEqualTo("999 B");
        assertThat(Quantity.bytes(999_600)).isEqualTo("1.0 MB");
        assertThat(Quantity.bytes(238_000_000)).isEqualTo("238 MB");
        assertThat(Quantity.rate(84_100_000, Duration.ofSeconds(1))).isEqualTo("84.1 MB/s");
        assertThat(Quantity.rate(0, Duration.ofSeconds(1))).isEmpty();
        assertThat(Quantity.of(new Measurement("x", 1_204_311, "rows"))).isEqualTo("1\u202F204\u202F311 rows");
        assertThat(Quantity.of(new Measurement("x", 0.25, "s"))).isEqualTo("250 ms");
    }
}
