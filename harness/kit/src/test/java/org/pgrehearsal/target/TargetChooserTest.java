package org.pgrehearsal.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.RecordPositions;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.TransactionRecord.Kind;
import org.pgrehearsal.wal.WalHistory;

class TargetChooserTest {
    private static final Instant EPOCH = Instant.parse("2026-11-21T00:00:00Z");
    private static final Lsn FROM = new Lsn(50);
    private static final Lsn SENTINEL = new Lsn(1000);

    private final CommitOrder order = CommitOrder.of(
            TimelineId.FIRST,
            List.of(
                    record(10, Kind.COMMIT, 9, 0),
                    record(100, Kind.COMMIT, 10, 100),
                    record(200, Kind.COMMIT, 12, 200, 13L, 14L),
                    record(300, Kind.PREPARE, 15, 300),
                    record(400, Kind.COMMIT, 11, 203),
                    record(500, Kind.COMMIT, 16, 900),
                    record(600, Kind.COMMIT_PREPARED, 15, 700),
                    record(700, Kind.ABORT, 17, 950),
                    record(1000, Kind.COMMIT, 18, 951)));
    private final TargetChooser chooser = new TargetChooser(order, FROM, SENTINEL, 7);

    @Test
    void partsTheTwoClosestCommitsByTimeAndByPosition() {
        assertThat(target(chooser.timeBetweenNeighbours())).isEqualTo(new RecoveryTarget.Time(at(200), true));
        assertThat(target(chooser.lsnBetweenNeighbours())).isEqualTo(new RecoveryTarget.AtLsn(new Lsn(400), false));
        assertThat(chooser.timeBetweenNeighbours().orElseThrow().why()).contains("12", "11", "3 us");
    }

    @Test
    void findsACommitThatOvertookALowerNumber() {
        assertThat(target(chooser.endsOutOfNumberOrder()))
                .isIn(new RecoveryTarget.Xid(12, true), new RecoveryTarget.Xid(16, true));
    }

    @Test
    void findsAClockInversion() {
        assertThat(target(chooser.clockInversion())).isEqualTo(new RecoveryTarget.Time(at(700), true));
    }

    @Test
    void findsAPointBetweenPrepareAndItsEnd() {
        assertThat(target(chooser.betweenPrepareAndCommit())).isEqualTo(new RecoveryTarget.AtLsn(new Lsn(600), false));
    }

    @Test
    void findsTheOthers() {
        assertThat(target(chooser.middleCommit())).isEqualTo(new RecoveryTarget.Xid(11, true));
        assertThat(target(chooser.withSubtransactions())).isEqualTo(new RecoveryTarget.Xid(12, true));
        assertThat(target(chooser.xidThatNeverEnded())).isEqualTo(new RecoveryTarget.Xid(1_000_018, true));
        assertThat(target(chooser.timeAfterTheEnd()))
                .isEqualTo(new RecoveryTarget.Time(at(951).plusSeconds(86_400), true));
        assertThat(target(chooser.timeBeforeTheBackup()))
                .isEqualTo(new RecoveryTarget.Time(EPOCH.minusSeconds(86_400), true));
        assertThat(chooser.all()).hasSize(10);
    }

    @Test
    void findsACommitInsideALongTransaction() {
        assertThat(target(chooser.insideLongTransaction(16, new Lsn(150)))).isEqualTo(new RecoveryTarget.Xid(11, true));
        assertThat(chooser.insideLongTransaction(16, new Lsn(450))).isEmpty();
        assertThat(chooser.insideLongTransaction(99, new Lsn(150))).isEmpty();
        assertThat(chooser.insideLongTransaction(18, new Lsn(150))).isEmpty();
    }

    @Test
    void anEmptyLogOffersNothing() {
        assertThat(new TargetChooser(CommitOrder.of(TimelineId.FIRST, List.of()), FROM, SENTINEL, 7).all())
                .isEmpty();
    }

    @Property
    void everyChoiceComesToWhatItsKindSays(@ForAll long seed) {
        Random random = new Random(seed);
        List<TransactionRecord> records = new ArrayList<>();
        RecordPositions.Builder positions = new RecordPositions.Builder();
        Lsn previous = Lsn.ZERO;
        int count = 3 + random.nextInt(20);
        for (int index = 0; index < count; index++) {
            Lsn start = new Lsn(100 + 100L * index);
            long children = random.nextInt(3);
            records.add(new TransactionRecord(
                    TimelineId.FIRST,
                    start,
                    random.nextInt(4) == 0 ? Kind.ABORT : Kind.COMMIT,
                    10 + 2L * ((index + 5L * random.nextInt(2)) % 30) * 10 + index,
                    children == 1 ? List.of(5000L + index) : List.of(),
                    EPOCH.plusNanos(1000L * (10L * index + random.nextInt(30)))));
            positions.add(start, start.plus(100), previous);
            previous = start;
        }
        CommitOrder log = CommitOrder.of(TimelineId.FIRST, records);
        WalHistory history = new WalHistory(log, List.of(), positions.build());
        RecoveryRange range = new RecoveryRange(new Lsn(100), new Lsn(100), new Lsn(100 + 100L * count));
        TargetChooser seeded = new TargetChooser(log, new Lsn(100), previous, seed);

        List<ChosenTarget> chosen = seeded.all();

        assertThat(new TargetChooser(log, new Lsn(100), previous, seed).all()).isEqualTo(chosen);
        for (ChosenTarget choice : chosen) {
            Prediction prediction = Stops.predict(choice.target(), history, range);
            switch (choice.kind()) {
                case XID_THAT_NEVER_ENDED, TIME_AFTER_THE_END ->
                    assertThat(prediction).isInstanceOf(Prediction.Refusal.class);
                case TIME_BETWEEN_NEIGHBOURS -> {
                    Prediction parted = Stops.predict(
                            seeded.lsnBetweenNeighbours().orElseThrow().target(), history, range);
                    assertThat(before(prediction)).as(choice.why()).isEqualTo(before(parted));
                }
                case CLOCK_INVERSION -> {
                    RecoveryTarget.Time time = (RecoveryTarget.Time) choice.target();
                    assertThat(records)
                            .as("in time, but after the stop: " + choice.why())
                            .anyMatch(record -> record.commits()
                                    && record.at().equals(time.at())
                                    && before(prediction).isBefore(record.start()));
                }
                case LSN_BETWEEN_NEIGHBOURS,
                        MIDDLE_COMMIT,
                        ENDS_OUT_OF_NUMBER_ORDER,
                        INSIDE_LONG_TRANSACTION,
                        BETWEEN_PREPARE_AND_COMMIT,
                        WITH_SUBTRANSACTIONS,
                        TIME_BEFORE_THE_BACKUP ->
                    assertThat(before(prediction).isBefore(range.archiveEnd())).isTrue();
            }
        }
    }

    private static Lsn before(Prediction prediction) {
        return switch (prediction) {
            case Prediction.Stop stop -> stop.before();
            case Prediction.Refusal refusal -> throw new AssertionError(refusal);
            case Prediction.Undecided undecided -> throw new AssertionError(undecided);
        };
    }

    private static RecoveryTarget target(Optional<ChosenTarget> choice) {
        return choice.orElseThrow().target();
    }

    private static TransactionRecord record(long start, Kind kind, long xid, long micros, Long... children) {
        return new TransactionRecord(TimelineId.FIRST, new Lsn(start), kind, xid, List.of(children), at(micros));
    }

    private static Instant at(long micros) {
        return EPOCH.plusNanos(1000 * micros);
    }
}
