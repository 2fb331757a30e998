package org.pgrehearsal.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WalLayoutTest {
    private final WalLayout layout = WalLayout.DEFAULT;

    @Test
    void agreesWithThePositionOfEveryFollowingRecordOfARealDump() {
        List<String> lines = Samples.lines("all-records.txt");
        int pairs = 0;
        for (int index = 1; index < lines.size(); index++) {
            if (lines.get(index).isEmpty() || lines.get(index - 1).isEmpty()) {
                continue;
            }
            WalLine record = WalLine.parse(lines.get(index - 1));
            WalLine following = WalLine.parse(lines.get(index));
            assertThat(following.previous()).isEqualTo(record.start());
            Lsn end = record.what().equals("SWITCH")
                    ? layout.segmentEnd(record.start())
                    : layout.end(record.start(), record.length());
            assertThat(layout.nextStart(end)).as(record + " then " + following).isEqualTo(following.start());
            pairs++;
        }
        assertThat(pairs).isGreaterThan(40);
    }

    @Test
    void anEndOnAPageBoundaryIsBeforeTheHeader() {
        Lsn end = layout.end(Lsn.parse("0/3033FC0"), 59);

        assertThat(end).isEqualTo(Lsn.parse("0/3034000"));
        assertThat(layout.nextStart(end)).isEqualTo(Lsn.parse("0/3034018"));
    }

    @Test
    void theFirstPageOfASegmentHasTheLongHeader() {
        assertThat(layout.nextStart(Lsn.parse("0/4000000"))).isEqualTo(Lsn.parse("0/4000028"));
        assertThat(layout.end(Lsn.parse("0/3FFED60"), 8233)).isEqualTo(Lsn.parse("0/4000DB8"));
    }

    @Test
    void refusesASegmentThatIsNoWholeNumberOfPages() {
        assertThatThrownBy(() -> new WalLayout(8193, 8192)).hasMessageContaining("whole number of pages");
    }

    @Property
    void aRecordInTwoPartsEndsWhereTheWholeEnds(
            @ForAll @LongRange(min = 0, max = 1L << 26) long eighths,
            @ForAll @IntRange(min = 1, max = 20_000) int first,
            @ForAll @IntRange(min = 1, max = 20_000) int second) {
        Lsn start = layout.nextStart(new Lsn(eighths * 8));
        if (start.value() % 8192 < 24 || start.value() % WalSegment.DEFAULT_SIZE < 40) {
            return;
        }

        Lsn inOne = layout.end(start, 8L * first + 8L * second);
        Lsn inTwo = layout.end(layout.nextStart(layout.end(start, 8L * first)), 8L * second);

        assertThat(inOne).isEqualTo(inTwo);
    }
}
