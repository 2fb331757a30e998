package org.pgrehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.pgrehearsal.check.Scene.Op;
import org.pgrehearsal.ledger.OperationKind;
import org.pgrehearsal.ledger.Outcome;
import org.pgrehearsal.ledger.TwinRow;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.wal.TransactionRecord;

class LedgerCheckPropertyTest {
    @Provide
    Arbitrary<World> worlds() {
        return World.any();
    }

    @Property(tries = 1000)
    void correctStateIsNeverAccused(@ForAll("worlds") World world) {
        LedgerResult result = world.check(world.restored());

        assertThat(result.findings()).isEmpty();
        assertThat(result.lostSuffix()).isNull();
        assertThat(result.holes()).isNull();
        assertThat(result.counts().present()).isEqualTo(world.expected().size());
        assertThat(result.counts().expected()).isEqualTo(world.expected().size());
        assertThat(result.counted()).isEqualTo(!world.expected().isEmpty());
    }

    @Property
    void unknownOutcomesAreSettledByTheLog(@ForAll("worlds") World world) {
        LedgerCounts counts = world.check(world.restored()).counts();

        List<Op> unknown = world.scene().ops.stream()
                .filter(op -> outcome(world, op) == Outcome.UNKNOWN)
                .toList();
        assertThat(counts.unknownPresent())
                .isEqualTo(unknown.stream().filter(world.expected()::contains).count());
        assertThat(counts.unknownPresent() + counts.unknownAbsent()).isEqualTo(unknown.size());
    }

    @Property
    void clockInversionIsCountedAndNeverAccused(@ForAll("worlds") World world) {
        List<TransactionRecord> after = world.scene().commits().records().stream()
                .filter(logged -> logged.commits() && !logged.start().isBefore(world.stop()))
                .toList();
        Assume.that(!after.isEmpty());
        TransactionRecord asked = after.get(world.random().nextInt(after.size()));

        LedgerResult result = world.restored()
                .feed(new LedgerCheck(
                        world.scene().history, world.scene().commits(), world.stop(), Scene.ACCOUNTS, asked.at()));

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().commitsAfter()).isEqualTo(after.size());
        assertThat(result.counts().clockInverted())
                .isEqualTo(after.stream()
                        .filter(logged -> logged.at().compareTo(asked.at()) <= 0)
                        .count())
                .isPositive();
        assertThat(result.observations())
                .filteredOn(said -> said.startsWith("clock-inverted"))
                .hasSize(1);
    }

    @Property
    void lostSuffixIsFound(@ForAll("worlds") World world) {
        List<Op> expected = world.expected();
        Assume.that(!expected.isEmpty());
        int lost = 1 + world.random().nextInt(expected.size());
        RestoredState state = world.restored();
        List<Op> suffix = expected.subList(expected.size() - lost, expected.size());
        suffix.forEach(state::remove);

        LedgerResult result = world.check(state);

        accuses(result, Anomaly.LOST_SUFFIX, lost);
        assertThat(result.lostSuffix())
                .isEqualTo(new Missing(
                        lost,
                        world.scene().commitOf(suffix.getFirst()),
                        world.scene().commitOf(suffix.getLast())));
        assertThat(result.findings().getFirst().evidence().getFirst()).contains(key(suffix.getFirst()));
    }

    @Property
    void holeIsFound(@ForAll("worlds") World world) {
        List<Op> expected = world.expected();
        Assume.that(expected.size() > 1);
        Op hole = pick(expected.subList(0, expected.size() - 1), world);
        RestoredState state = world.restored();
        state.remove(hole);

        LedgerResult result = world.check(state);

        accuses(result, Anomaly.HOLE, 1);
        assertThat(result.holes())
                .isEqualTo(new Missing(
                        1, world.scene().commitOf(hole), world.scene().commitOf(hole)));
        assertThat(result.findings().getFirst().what())
                .contains(key(hole), world.scene().commitOf(hole).toString());
    }

    @Property
    void ghostIsFound(@ForAll("worlds") World world) {
        Op ghost = pick(
                world,
                op -> world.scene().isOnPath(op)
                        && !world.expected().contains(op)
                        && outcome(world, op) != Outcome.FAILED);
        RestoredState state = world.restored();
        state.add(ghost);

        accuses(world.check(state), Anomaly.GHOST, 1);
    }

    @Property
    void resurrectedAbortIsFound(@ForAll("worlds") World world) {
        Op aborted = pick(world, op -> world.scene().isOnPath(op) && outcome(world, op) == Outcome.FAILED);
        RestoredState state = world.restored();
        state.add(aborted);

        accuses(world.check(state), Anomaly.RESURRECTED_ABORT, 1);
    }

    @Property
    void preparedAndLaterRolledBackIsFound(@ForAll("worlds") World world) {
        Op prepared = pick(world, op -> world.scene().isOnPath(op) && op.kind() == OperationKind.TWO_PHASE_ABORT);
        RestoredState state = world.restored();
        state.add(prepared);

        accuses(
                world.check(state),
                outcome(world, prepared) == Outcome.FAILED ? Anomaly.RESURRECTED_ABORT : Anomaly.GHOST,
                1);
    }

    @Property
    void rowOfALeftBranchIsFound(@ForAll("worlds") World world) {
        Op stray = pick(world, op -> !world.scene().isOnPath(op));
        RestoredState state = world.restored();
        state.add(stray);

        accuses(world.check(state), Anomaly.WRONG_BRANCH, 1);
    }

    @Property
    void tornTransactionIsFound(@ForAll("worlds") World world) {
        Op torn = pick(world, world.expected()::contains);
        RestoredState state = world.restored();
        int count = switch (world.random().nextInt(4)) {
            case 0 -> {
                state.removeTwin(torn);
                yield 1;
            }
            case 1 -> {
                state.removeTwin(torn);
                byte[] hash = Rows.flipped(torn.row().hash(), world.random().nextInt(32));
                state.twins.add(new TwinRow(Scene.RUN, torn.writer(), torn.sequence(), hash));
                yield 1;
            }
            case 2 -> {
                state.ledger.remove(torn.row());
                yield 3; // the row and both its accounts
            }
            default -> {
                state.balances[torn.row().debit()] += torn.row().amount();
                yield 1;
            }
        };

        accuses(world.check(state), Anomaly.TORN_TRANSACTION, count);
    }

    @Property
    void duplicateIsFound(@ForAll("worlds") World world) {
        Op twice = pick(world, world.expected()::contains);
        RestoredState state = world.restored();
        if (world.random().nextBoolean()) {
            state.ledger.add(twice.row());
        } else {
            state.twins.add(twice.twin());
        }

        accuses(world.check(state), Anomaly.DUPLICATE, 1);
    }

    @Property
    void alteredRowIsFound(@ForAll("worlds") World world) {
        Op victim = pick(world, world.expected()::contains);
        Random random = world.random();
        RestoredState state = world.restored();
        state.replace(victim, row -> switch (random.nextInt(7)) {
            case 0 -> Rows.withPayload(row, Rows.flipped(row.payload(), random.nextInt(row.payload().length)));
            case 1 -> Rows.withHash(row, Rows.flipped(row.hash(), random.nextInt(32)));
            case 2 -> Rows.withPrevious(row, Rows.flipped(row.previous(), random.nextInt(32)));
            case 3 -> Rows.withXid(row, row.xid() + 1);
            case 4 -> Rows.withTimeline(row, row.timeline() + 1);
            case 5 -> Rows.withAmountRehashed(row, row.amount() + 1);
            default -> Rows.withPayload(row, Arrays.copyOf(row.payload(), row.payload().length - 1));
        });

        accuses(world.check(state), Anomaly.ALTERED, 1);
    }

    @Property
    void rowOfAnotherClusterIsFound(@ForAll("worlds") World world) {
        Op stranger = pick(world, _ -> true);
        RestoredState state = world.restored();
        UUID run = new UUID(3, world.random().nextLong());
        if (world.random().nextBoolean()) {
            state.ledger.add(Rows.ofRun(stranger.row(), run));
        } else {
            state.twins.add(new TwinRow(
                    run, stranger.writer(), stranger.sequence(), stranger.row().hash()));
        }

        accuses(world.check(state), Anomaly.WRONG_CLUSTER, 1);
    }

    @Property
    void wrongAnswerIsFound(@ForAll("worlds") World world) {
        Op told = pick(
                world,
                op -> world.scene().isOnPath(op)
                        && outcome(world, op) != Outcome.UNKNOWN
                        && world.scene().commits().ending(op.xid()) != null);
        boolean committed = outcome(world, told) == Outcome.OK;
        world.scene().history.end(told.writer(), told.sequence(), committed ? Outcome.FAILED : Outcome.OK);

        accuses(world.check(world.restored()), Anomaly.HISTORY_CONTRADICTS_LOG, 1);
    }

    private static void accuses(LedgerResult result, Anomaly anomaly, long count) {
        assertThat(result.findings()).extracting(Finding::anomaly).containsExactly(anomaly);
        assertThat(result.findings().getFirst().count()).isEqualTo(count);
    }

    private static Op pick(World world, Predicate<Op> wanted) {
        return pick(world.scene().ops.stream().filter(wanted).toList(), world);
    }

    private static Op pick(List<Op> ops, World world) {
        Assume.that(!ops.isEmpty());
        return ops.get(world.random().nextInt(ops.size()));
    }

    private static Outcome outcome(World world, Op op) {
        return world.scene().history.outcome(op.writer(), op.sequence());
    }

    private static String key(Op op) {
        return "writer " + op.writer() + " operation " + op.sequence() + " ";
    }
}
