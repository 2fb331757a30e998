package org.pgrehearsal.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.pgrehearsal.target.Prediction.Refusal;
import org.pgrehearsal.target.Prediction.Stop;
import org.pgrehearsal.target.Prediction.Undecided;
import org.pgrehearsal.target.Replay.Entry;
import org.pgrehearsal.target.Replay.Kind;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.RecordPositions;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.WalHistory;
import org.pgrehearsal.wal.XlogRecord;

/** The rules against a server that walks the log record by record. */
class StopsPropertiesTest {
    private static final Instant EPOCH = Instant.parse("2026-11-21T00:00:00Z");
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final String[] NAMES = {"one", "two", "three"};

    @Property(tries = 5000)
    void whatIsPredictedIsWhatTheServerDoes(@ForAll long seed) {
        Random random = new Random(seed);
        List<Entry> log = log(random);
        RecoveryRange range = range(random, log, random.nextInt(log.size()));
        RecoveryTarget target = target(random, log);

        Replay.Outcome outcome = Replay.run(target, log, range);
        Prediction prediction = Stops.predict(target, history(log, true), range);

        String all = target + " " + range + " " + log;
        switch (prediction) {
            case Refusal refusal -> assertThat(refusal.reason()).as(all).isEqualTo(outcome.refusal());
            case Stop stop -> {
                assertThat(stop.point()).as(all).isEqualTo(outcome.point());
                assertThat(stop.exact()).isTrue();
                assertSameTransactions(stop, outcome, log, range);
            }
            case Undecided undecided -> assertThat(undecided).as(all).isNull();
        }
    }

    @Property(tries = 5000)
    void aDumpOfTransactionsAloneNeverMisleads(@ForAll long seed) {
        Random random = new Random(seed);
        List<Entry> log = log(random);
        RecoveryRange range = range(random, log, log.size() - 1);
        RecoveryTarget target = target(random, log);

        Replay.Outcome outcome = Replay.run(target, log, range);
        Prediction prediction = Stops.predict(target, history(log, false), range);

        String all = target + " " + range + " " + log;
        switch (prediction) {
            case Refusal refusal -> assertThat(refusal.reason()).as(all).isEqualTo(outcome.refusal());
            case Stop stop -> {
                assertThat(outcome.refusal()).as(all).isNull();
                assertSameTransactions(stop, outcome, log, range);
            }
            case Undecided undecided -> assertThat(target).as(all + undecided).isInstanceOf(RecoveryTarget.AtLsn.class);
        }
    }

    private static void assertSameTransactions(
            Stop stop, Replay.Outcome outcome, List<Entry> log, RecoveryRange range) {
        assertThat(log.stream()
                        .filter(entry -> entry.kind() != Kind.OTHER && entry.kind() != Kind.RESTORE_POINT)
                        .filter(entry -> !entry.start().isBefore(range.redo()))
                        .filter(entry -> entry.start().isBefore(stop.before())))
                .containsExactlyElementsOf(outcome.applied().stream()
                        .filter(entry -> entry.kind() != Kind.OTHER && entry.kind() != Kind.RESTORE_POINT)
                        .toList());
    }

    private static List<Entry> log(Random random) {
        List<Entry> log = new ArrayList<>();
        long position = 40 + 8L * random.nextInt(4);
        int size = 2 + random.nextInt(14);
        for (int index = 0; index < size; index++) {
            long end = position + 16 + 8L * random.nextInt(6);
            Kind kind = random.nextInt(3) == 0 ? Kind.OTHER : KINDS.get(random.nextInt(KINDS.size()));
            log.add(new Entry(
                    new Lsn(position),
                    new Lsn(end),
                    kind,
                    3 + random.nextInt(6),
                    EPOCH.plusNanos(1000L * random.nextInt(8)),
                    NAMES[random.nextInt(2)]));
            // sometimes a page header lies between two records
            position = random.nextInt(5) == 0 ? end + 24 : end;
        }
        return log;
    }

    private static RecoveryRange range(Random random, List<Entry> log, int last) {
        int redo = random.nextInt(Math.max(1, log.size() / 2));
        int consistent = redo + random.nextInt(Math.max(1, (log.size() - redo) / 2));
        return new RecoveryRange(
                log.get(redo).start(), log.get(consistent).end(), log.get(last).end());
    }

    private static RecoveryTarget target(Random random, List<Entry> log) {
        boolean inclusive = random.nextBoolean();
        long end = log.getLast().end().value();
        return switch (random.nextInt(7)) {
            case 0 -> new RecoveryTarget.Latest();
            case 1 -> new RecoveryTarget.Immediate();
            case 2 -> new RecoveryTarget.Time(EPOCH.plusNanos(1000L * (random.nextInt(10) - 1)), inclusive);
            case 3 -> new RecoveryTarget.Xid(3 + random.nextInt(7), inclusive);
            case 4 -> new RecoveryTarget.Name(NAMES[random.nextInt(3)]);
            case 5 ->
                new RecoveryTarget.AtLsn(log.get(random.nextInt(log.size())).start(), inclusive);
            default -> new RecoveryTarget.AtLsn(new Lsn(random.nextLong(end + 16)), inclusive);
        };
    }

    /** What a dump of the log says: of every record, or only of those of the Transaction and XLOG managers that matter. */
    private static WalHistory history(List<Entry> log, boolean everything) {
        List<TransactionRecord> transactions = new ArrayList<>();
        List<XlogRecord> controls = new ArrayList<>();
        RecordPositions.Builder positions = new RecordPositions.Builder();
        Lsn previous = Lsn.ZERO;
        for (Entry entry : log) {
            if (everything || entry.kind() != Kind.OTHER) {
                positions.add(entry.start(), entry.end(), previous);
            }
            previous = entry.start();
            switch (entry.kind()) {
                case OTHER -> {}
                case RESTORE_POINT ->
                    controls.add(new XlogRecord(
                            TimelineId.FIRST, entry.start(), entry.end(), XlogRecord.Kind.RESTORE_POINT, entry.name()));
                case PREPARE, COMMIT, ABORT, COMMIT_PREPARED, ABORT_PREPARED ->
                    transactions.add(new TransactionRecord(
                            TimelineId.FIRST,
                            entry.start(),
                            TransactionRecord.Kind.valueOf(entry.kind().name()),
                            entry.xid(),
                            List.of(),
                            entry.at()));
            }
        }
        return new WalHistory(CommitOrder.of(TimelineId.FIRST, transactions), controls, positions.build());
    }
}
