package org.pgrehearsal.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.pgrehearsal.check.Scene.Op;
import org.pgrehearsal.ledger.OperationKind;
import org.pgrehearsal.ledger.Outcome;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.TransactionRecord.Kind;

/**
 * A scene played at random: all kinds of operations side by side, connections lost, clocks that go back, forks on which transaction numbers are
 * used twice, a log whose end was never archived, and a place to stop.
 */
record World(Scene scene, Lsn stop, long seed) {
    private static final OperationKind[] KINDS = OperationKind.values();

    static Arbitrary<World> any() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 150),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.longs())
                .as(World::play);
    }

    static World play(int writers, int steps, int forks, long seed) {
        Random random = new Random(seed);
        Scene scene = new Scene(writers, seed);
        Map<Integer, Op> open = new HashMap<>();
        Map<Integer, Op> prepared = new HashMap<>();
        List<Scene.Mark> marks = new ArrayList<>();
        int untilFork = forks == 0 ? Integer.MAX_VALUE : steps / (forks + 1) + 1;
        for (int step = 1; step <= steps; step++) {
            step(scene, random, random.nextInt(writers), open, prepared);
            if (random.nextInt(10) == 0) {
                marks.add(scene.mark());
            }
            if (step % untilFork == 0 && !marks.isEmpty()) {
                scene.forkAt(marks.get(random.nextInt(marks.size())));
                // who was under way lost the connection; what was prepared waits on, if it is on the new path
                open.clear();
                prepared.values().removeIf(op -> !scene.isOnPath(op));
            }
        }
        Lsn end = archiveEnd(scene, random);
        Lsn stop = stop(scene, random, end);
        scene.records.removeIf(
                logged -> logged.timeline().equals(scene.path().getLast().timeline())
                        && !logged.start().isBefore(end));
        return new World(scene, stop, seed);
    }

    private static void step(Scene scene, Random random, int writer, Map<Integer, Op> open, Map<Integer, Op> prepared) {
        Op waiting = prepared.get(writer);
        if (waiting != null && random.nextBoolean()) {
            boolean rollback = waiting.kind() == OperationKind.TWO_PHASE_ABORT;
            scene.log(waiting, rollback ? Kind.ABORT_PREPARED : Kind.COMMIT_PREPARED, jitter(random));
            tell(scene, random, waiting, rollback ? Outcome.FAILED : Outcome.OK);
            prepared.remove(writer);
            return;
        }
        Op op = open.get(writer);
        if (op == null) {
            open.put(writer, scene.begin(writer, KINDS[random.nextInt(KINDS.length)]));
            return;
        }
        open.remove(writer);
        switch (op.kind()) {
            case ABORT -> {
                scene.log(op, Kind.ABORT, jitter(random));
                tell(scene, random, op, Outcome.FAILED);
            }
            case TWO_PHASE, TWO_PHASE_ABORT -> {
                if (prepared.putIfAbsent(writer, op) == null) {
                    scene.log(op, Kind.PREPARE, jitter(random));
                }
            }
            case TRANSFER, SAVEPOINT, DDL, LARGE_OBJECT, SEQUENCE, LONG -> {
                // now and then the connection is lost before the commit arrives
                if (random.nextInt(8) != 0) {
                    scene.log(op, Kind.COMMIT, jitter(random));
                    tell(scene, random, op, Outcome.OK);
                }
            }
        }
    }

    /** Now and then the answer is lost on the way. */
    private static void tell(Scene scene, Random random, Op op, Outcome outcome) {
        if (random.nextInt(6) != 0) {
            scene.told(op, outcome);
        }
    }

    private static long jitter(Random random) {
        return random.nextInt(4) == 0 ? -random.nextInt(5) : 0;
    }

    private static Lsn archiveEnd(Scene scene, Random random) {
        return random.nextBoolean() ? scene.here() : before(scene, random.nextInt(0x400));
    }

    private static Lsn before(Scene scene, long bytes) {
        return new Lsn(Math.max(scene.here().value() - bytes, 0x1_0000_0000L));
    }

    /** At a record, beside one, or after everything; never after the end of the archive. */
    private static Lsn stop(Scene scene, Random random, Lsn end) {
        List<TransactionRecord> records = scene.commits().records();
        if (records.isEmpty() || random.nextInt(4) == 0) {
            return end;
        }
        Lsn start = records.get(random.nextInt(records.size())).start().plus(random.nextInt(3) - 1);
        return start.isBefore(end) ? start : end;
    }

    Random random() {
        return new Random(seed + 1);
    }

    RestoredState restored() {
        return scene.restored(stop);
    }

    List<Op> expected() {
        return scene.expected(stop);
    }

    LedgerResult check(RestoredState state) {
        state.shuffle(random());
        return scene.check(stop, state);
    }

    @Override
    public String toString() {
        return "world of seed " + seed + ": " + scene.ops.size() + " operations, path " + scene.path() + ", stop "
                + stop;
    }
}
