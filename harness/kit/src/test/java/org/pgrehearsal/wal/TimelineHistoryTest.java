package org.pgrehearsal.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineHistoryTest {
    private static final TimelineId THIRD = new TimelineId(3);
    /** As PostgreSQL writes it: the reason of a position ends in a line feed of its own. */
    private static final String TEXT =
            "1\t0/30243C0\tbefore 2026-11-21 11:01:13.752813+00\n\n\n2\t1/3000198\tbefore LSN 1/3000198\n\n";

    private final TimelineHistory history = TimelineHistory.parse(THIRD, TEXT);

    @Test
    void readsTheForksFromTheOldestOn() {
        assertThat(history.ancestors())
                .containsExactly(
                        new TimelineHistory.Fork(
                                TimelineId.FIRST, Lsn.parse("0/30243C0"), "before 2026-11-21 11:01:13.752813+00"),
                        new TimelineHistory.Fork(new TimelineId(2), Lsn.parse("1/3000198"), "before LSN 1/3000198"));
    }

    @Test
    void givesThePathToItsTimeline() {
        assertThat(history.path())
                .containsExactly(
                        new CommitOrder.Leg(TimelineId.FIRST, Lsn.parse("0/30243C0")),
                        new CommitOrder.Leg(new TimelineId(2), Lsn.parse("1/3000198")),
                        new CommitOrder.Leg(THIRD, null));
    }

    @Test
    void whatIsPrintedReadsTheSame() {
        assertThat(TimelineHistory.parse(THIRD, history.print())).isEqualTo(history);
    }

    @Test
    void passesThroughAPositionOnlyOnTheTimelineThatOwnsIt() {
        assertThat(history.passes(TimelineId.FIRST, Lsn.parse("0/30243BF"))).isTrue();
        assertThat(history.passes(TimelineId.FIRST, Lsn.parse("0/30243C0"))).isFalse();
        assertThat(history.passes(new TimelineId(2), Lsn.parse("0/30243C0"))).isTrue();
        assertThat(history.passes(new TimelineId(2), Lsn.parse("0/30243BF"))).isFalse();
        assertThat(history.passes(THIRD, Lsn.parse("2/0"))).isTrue();
        assertThat(history.passes(new TimelineId(4), Lsn.parse("2/0"))).isFalse();
    }

    @Test
    void commentsMeanNothing() {
        assertThat(TimelineHistory.parse(THIRD, "# nothing\n\n").path())
                .isEqualTo(List.of(new CommitOrder.Leg(THIRD, null)));
    }

    @Test
    void namesALineThatItDoesNotUnderstand() {
        assertThatThrownBy(() -> TimelineHistory.parse(THIRD, "one\t0/1\tx"))
                .hasMessageContaining("00000003.history")
                .hasMessageContaining("one\t0/1");
    }

    @Test
    void refusesTimelinesThatDoNotAscend() {
        assertThatThrownBy(() -> TimelineHistory.parse(THIRD, "2\t0/1\tx\n1\t0/2\ty\n"))
                .hasMessageContaining("order");
        assertThatThrownBy(() -> TimelineHistory.parse(THIRD, "3\t0/1\tx\n")).hasMessageContaining("order");
    }

    @Test
    void aRecordThatAChildCopiedFromItsParentCountsOnce() {
        WalFacts parent = WalDump.read(TimelineId.FIRST, WalLayout.DEFAULT, Samples.lines("transactions.txt").stream());
        WalFacts child = WalDump.read(
                new TimelineId(2),
                WalLayout.DEFAULT,
                Samples.lines("transactions.txt").stream().limit(4));
        TimelineHistory second = TimelineHistory.parse(new TimelineId(2), "1\t0/3000240\tbefore transaction 730");

        WalHistory walHistory = WalFacts.along(second.path(), List.of(child, parent));

        assertThat(walHistory.order().records())
                .extracting(TransactionRecord::xid, record -> record.timeline().value())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(726L, 1),
                        org.assertj.core.groups.Tuple.tuple(727L, 1),
                        org.assertj.core.groups.Tuple.tuple(731L, 1),
                        org.assertj.core.groups.Tuple.tuple(730L, 2));
        assertThat(walHistory.positions().size()).isEqualTo(4);
    }
}
