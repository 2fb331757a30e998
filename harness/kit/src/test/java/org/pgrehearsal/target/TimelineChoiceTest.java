package org.pgrehearsal.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.target.Prediction.Reason;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineHistory;
import org.pgrehearsal.wal.TimelineId;

class TimelineChoiceTest {
    private static final Lsn CHECKPOINT = Lsn.parse("0/2000060");
    private static final TargetTimeline LATEST = new TargetTimeline.Latest();
    private final Map<TimelineId, TimelineHistory> histories = new HashMap<>();

    TimelineChoiceTest() {
        history(2, "1\t0/4000000\tx");
        history(3, "1\t0/4000000\tx\n2\t0/5000000\ty");
        history(5, "1\t0/1000000\tz");
    }

    @Test
    void latestEndsAtTheFirstMissingHistory() {
        assertThat(follows(LATEST)).isEqualTo(3);
        histories.remove(new TimelineId(2));
        assertThat(follows(LATEST)).isEqualTo(1);
    }

    @Test
    void currentIsTheBackups() {
        assertThat(follows(new TargetTimeline.Current())).isEqualTo(1);
    }

    @Test
    void aNumberThatIsNotThereIsRefused() {
        assertThat(refusal(4)).isEqualTo(Reason.NO_SUCH_TIMELINE);
        assertThat(follows(new TargetTimeline.Numbered(TimelineId.FIRST))).isEqualTo(1);
    }

    @Test
    void aBranchThatDoesNotHoldTheBackupIsRefused() {
        assertThat(refusal(5)).isEqualTo(Reason.NOT_A_CHILD);
    }

    @Test
    void thePathLeadsFromTheOldest() {
        assertThat(TimelineChoice.of(
                        new TargetTimeline.Numbered(new TimelineId(2)), TimelineId.FIRST, CHECKPOINT, histories))
                .isInstanceOfSatisfying(
                        TimelineChoice.Follows.class,
                        follows -> assertThat(follows.path())
                                .containsExactly(
                                        new CommitOrder.Leg(TimelineId.FIRST, Lsn.parse("0/4000000")),
                                        new CommitOrder.Leg(new TimelineId(2), null)));
    }

    private int follows(TargetTimeline asked) {
        return switch (TimelineChoice.of(asked, TimelineId.FIRST, CHECKPOINT, histories)) {
            case TimelineChoice.Follows follows -> follows.timeline().value();
            case TimelineChoice.Refuses refuses -> throw new AssertionError(refuses);
        };
    }

    private Reason refusal(int timeline) {
        return switch (TimelineChoice.of(
                new TargetTimeline.Numbered(new TimelineId(timeline)), TimelineId.FIRST, CHECKPOINT, histories)) {
            case TimelineChoice.Follows follows -> throw new AssertionError(follows);
            case TimelineChoice.Refuses refuses -> refuses.refusal().reason();
        };
    }

    private void history(int timeline, String text) {
        TimelineId id = new TimelineId(timeline);
        histories.put(id, TimelineHistory.parse(id, text));
    }
}
