package org.pgrehearsal.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FrontierTest {
    private static final int SIZE = WalSegment.DEFAULT_SIZE;
    private static final TimelineId SECOND = new TimelineId(2);
    private static final Lsn BEGIN = Lsn.parse("0/2000028");
    /** The fork lies inside segment 4. */
    private static final TimelineHistory FORK = TimelineHistory.parse(SECOND, "1\t0/4000100\tx");

    @Test
    void withoutAForkItEndsBeforeTheFirstGap() {
        Map<TimelineId, Frontier> frontiers =
                Frontier.of(TimelineId.FIRST, BEGIN, names(1, 2, 3, 5, 6), List.of(), SIZE);

        Frontier frontier = at(frontiers, TimelineId.FIRST);
        assertThat(frontiers).hasSize(1);
        assertThat(frontier.last()).isEqualTo(segment(1, 3));
        assertThat(frontier.end()).isEqualTo(Lsn.parse("0/4000000"));
        assertThat(frontier.gaps()).containsExactly(segment(1, 4));
        assertThat(frontier.covers(Lsn.parse("0/4000000"))).isTrue();
        assertThat(frontier.covers(Lsn.parse("0/4000001"))).isFalse();
    }

    @Test
    void withoutItsFirstSegmentABackupReachesNowhere() {
        Frontier frontier = at(Frontier.of(TimelineId.FIRST, BEGIN, names(1, 3), List.of(), SIZE), TimelineId.FIRST);

        assertThat(frontier.last()).isNull();
        assertThat(frontier.end()).isEqualTo(BEGIN);
        assertThat(frontier.gaps()).containsExactly(segment(1, 2));
    }

    @Test
    void theChildsCopyOfTheSegmentOfTheForkIsEnough() {
        Set<String> names = names(1, 2, 3);
        names.addAll(names(2, 4, 5));

        Map<TimelineId, Frontier> frontiers = Frontier.of(TimelineId.FIRST, BEGIN, names, List.of(FORK), SIZE);

        assertThat(at(frontiers, SECOND).last()).isEqualTo(segment(2, 5));
        assertThat(at(frontiers, SECOND).gaps()).isEmpty();
        assertThat(at(frontiers, TimelineId.FIRST).last()).isEqualTo(segment(1, 3));
    }

    @Test
    void theParentsCopyOfTheSegmentOfTheForkIsNotEnough() {
        Set<String> names = names(1, 2, 3, 4, 5);
        names.addAll(names(2, 5));

        Frontier frontier = at(Frontier.of(TimelineId.FIRST, BEGIN, names, List.of(FORK), SIZE), SECOND);

        assertThat(frontier.last()).isEqualTo(segment(1, 3));
        assertThat(frontier.gaps()).containsExactly(segment(2, 4));
    }

    @Test
    void aForkAtASegmentsStartBeginsWithThatSegmentOfTheChild() {
        Set<String> names = names(1, 2, 3);
        names.addAll(names(2, 4));

        Frontier frontier = at(
                Frontier.of(
                        TimelineId.FIRST,
                        BEGIN,
                        names,
                        List.of(TimelineHistory.parse(SECOND, "1\t0/4000000\tx")),
                        SIZE),
                SECOND);

        assertThat(frontier.last()).isEqualTo(segment(2, 4));
        assertThat(frontier.gaps()).isEmpty();
    }

    @Test
    void twoForksInOneSegmentNeedOnlyTheLastCopy() {
        TimelineId third = new TimelineId(3);
        TimelineHistory twice = TimelineHistory.parse(third, "1\t0/4000100\tx\n2\t0/4000200\ty");
        Set<String> names = names(1, 2, 3);
        names.addAll(names(3, 4));

        Frontier frontier = at(Frontier.of(TimelineId.FIRST, BEGIN, names, List.of(FORK, twice), SIZE), third);

        assertThat(frontier.last()).isEqualTo(segment(3, 4));
        assertThat(frontier.gaps()).isEmpty();
    }

    @Test
    void aBranchThatForkedBeforeTheBackupIsNotFollowed() {
        Set<String> names = names(1, 1, 2, 3);
        names.addAll(names(2, 1, 2));

        Map<TimelineId, Frontier> frontiers = Frontier.of(
                TimelineId.FIRST, BEGIN, names, List.of(TimelineHistory.parse(SECOND, "1\t0/1000100\tx")), SIZE);

        assertThat(frontiers).containsOnlyKeys(TimelineId.FIRST);
    }

    @Test
    void aMissingHistoryIsNamed() {
        Set<String> names = names(1, 2, 3);
        names.addAll(names(3, 4));
        TimelineHistory third = TimelineHistory.parse(new TimelineId(3), "1\t0/4000100\tx");

        assertThat(at(Frontier.of(TimelineId.FIRST, BEGIN, names, List.of(third), SIZE), TimelineId.FIRST)
                        .missingHistories())
                .containsExactly("00000002.history");
        assertThat(at(Frontier.of(TimelineId.FIRST, BEGIN, names, List.of(), SIZE), TimelineId.FIRST)
                        .missingHistories())
                .containsExactly("00000002.history", "00000003.history");
    }

    @Property
    void anySegmentThatIsRemovedIsTheGapAndMovesTheFrontier(
            @ForAll @IntRange(min = 2, max = 200) int first,
            @ForAll @IntRange(min = 3, max = 60) int count,
            @ForAll @IntRange(max = 58) int fork,
            @ForAll long seed) {
        Random random = new Random(seed);
        int forked = first + 1 + fork % (count - 1);
        TimelineHistory history = new TimelineHistory(
                SECOND,
                List.of(new TimelineHistory.Fork(
                        TimelineId.FIRST, segment(1, forked).start().plus(random.nextInt(SIZE)), "x")));
        Set<String> names = new HashSet<>();
        for (int number = first; number < first + count; number++) {
            names.add(segment(number < forked ? 1 : 2, number).name());
        }
        // what the parent wrote after the fork must not fill a gap of the child
        names.add(segment(1, forked).name());
        Lsn begin = segment(1, first).start().plus(40);
        int removed = first + random.nextInt(count - 1);
        WalSegment gap = segment(removed < forked ? 1 : 2, removed);

        Frontier whole = at(Frontier.of(TimelineId.FIRST, begin, names, List.of(history), SIZE), SECOND);
        names.remove(gap.name());
        Frontier broken =
                at(Frontier.of(TimelineId.FIRST, begin, shuffled(names, random), List.of(history), SIZE), SECOND);

        assertThat(whole.gaps()).isEmpty();
        assertThat(whole.end()).isEqualTo(segment(1, first + count).start());
        assertThat(broken.gaps()).containsExactly(gap);
        assertThat(broken.end()).isEqualTo(removed == first ? begin : gap.start());
    }

    private static Set<String> shuffled(Set<String> names, Random random) {
        List<String> order = new java.util.ArrayList<>(names);
        java.util.Collections.shuffle(order, random);
        return new LinkedHashSet<>(order);
    }

    private static Frontier at(Map<TimelineId, Frontier> frontiers, TimelineId timeline) {
        return Objects.requireNonNull(frontiers.get(timeline));
    }

    private static WalSegment segment(int timeline, int number) {
        return new WalSegment(new TimelineId(timeline), number, SIZE);
    }

    private static Set<String> names(int timeline, int... numbers) {
        Set<String> names = new HashSet<>();
        for (int number : numbers) {
            names.add(segment(timeline, number).name());
        }
        return names;
    }
}
