package org.pgrehearsal.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.LedgerRow;
import org.pgrehearsal.ledger.OperationKind;
import org.pgrehearsal.ledger.Outcome;
import org.pgrehearsal.ledger.TwinRow;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.TransactionRecord.Kind;

/** A source as the tests play it, event by event; it knows by itself, without the code under test, what a restore must bring back. */
final class Scene {
    static final UUID RUN = new UUID(1, 2);
    static final Accounts ACCOUNTS = new Accounts(5, 1000);
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final History history;
    final List<Op> ops = new ArrayList<>();
    final List<TransactionRecord> records = new ArrayList<>();
    private final Random random;
    private final byte[][] heads;
    private List<CommitOrder.Leg> left = new ArrayList<>();
    private Map<Op, TransactionRecord> endings = new HashMap<>();
    private Set<Op> onPath = new HashSet<>();
    private TimelineId timeline = TimelineId.FIRST;
    private TimelineId newest = TimelineId.FIRST;
    private Lsn lsn = new Lsn(0x1_0000_0000L);
    private long xid = 1000;

    /** One operation; {@code row} is what it wrote. */
    record Op(int writer, long sequence, OperationKind kind, long xid, LedgerRow row) {
        TwinRow twin() {
            return new TwinRow(row.run(), writer, sequence, row.hash());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Op op && op.writer == writer && op.sequence == sequence;
        }

        @Override
        public int hashCode() {
            return writer * 31 + (int) sequence;
        }
    }

    /** A point to which the scene can go back, on a new timeline. */
    record Mark(
            List<CommitOrder.Leg> left,
            TimelineId timeline,
            Lsn lsn,
            long xid,
            Map<Op, TransactionRecord> endings,
            Set<Op> onPath) {}

    Scene(int writers, long seed) {
        history = new History(RUN, writers);
        random = new Random(seed);
        heads = new byte[writers][LedgerRow.HASH_LENGTH];
    }

    Op begin(int writer, OperationKind kind) {
        long sequence = history.operations(writer);
        byte[] payload = new byte[8 + random.nextInt(8)];
        random.nextBytes(payload);
        int debit = random.nextInt(ACCOUNTS.count());
        int credit = (debit + 1 + random.nextInt(ACCOUNTS.count() - 1)) % ACCOUNTS.count();
        int amount = 1 + random.nextInt(50);
        byte[] previous = heads[writer];
        byte[] hash = LedgerRow.computeHash(RUN, writer, sequence, kind, debit, credit, amount, payload, previous);
        long number = xid;
        xid += kind == OperationKind.SAVEPOINT ? 3 : 1;
        lsn = lsn.plus(0x100);
        LedgerRow row = new LedgerRow(
                RUN, writer, sequence, kind, debit, credit, amount, payload, previous, hash, number, timeline.value());
        history.begin(
                writer, kind, number, timeline.value(), lsn, LedgerRow.shortHash(hash), LedgerRow.shortHash(previous));
        Op op = new Op(writer, sequence, kind, number, row);
        ops.add(op);
        onPath.add(op);
        return op;
    }

    /** Puts a record into the log. Its time is that of its place in the log, give or take what {@code seconds} says. */
    TransactionRecord log(Op op, Kind kind, long seconds) {
        List<Long> children =
                op.kind() == OperationKind.SAVEPOINT && kind.commits() ? List.of(op.xid() + 2) : List.of();
        if (!children.isEmpty()) {
            put(new TransactionRecord(timeline, lsn, Kind.ABORT, op.xid() + 1, List.of(), NOON));
        }
        Instant at = NOON.plusMillis(lsn.value() - 0x1_0000_0000L).plusSeconds(seconds);
        TransactionRecord ending = new TransactionRecord(timeline, lsn, kind, op.xid(), children, at);
        put(ending);
        if (kind != Kind.PREPARE) {
            endings.put(op, ending);
        }
        return ending;
    }

    private void put(TransactionRecord transaction) {
        records.add(transaction);
        lsn = lsn.plus(0x40);
    }

    void told(Op op, Outcome outcome) {
        history.end(op.writer(), op.sequence(), outcome);
        if (outcome == Outcome.OK) {
            heads[op.writer()] = op.row().hash();
        }
    }

    /** Begun, committed and acknowledged. */
    Op committed(int writer, OperationKind kind) {
        Op op = begin(writer, kind);
        log(op, Kind.COMMIT, 0);
        told(op, Outcome.OK);
        return op;
    }

    Op committed(int writer) {
        return committed(writer, OperationKind.TRANSFER);
    }

    /** Begun, rolled back and told so. */
    Op aborted(int writer) {
        Op op = begin(writer, OperationKind.ABORT);
        log(op, Kind.ABORT, 0);
        told(op, Outcome.FAILED);
        return op;
    }

    Mark mark() {
        lsn = lsn.plus(8);
        return new Mark(List.copyOf(left), timeline, lsn, xid, Map.copyOf(endings), Set.copyOf(onPath));
    }

    /** Goes back to a mark and on from there on a new timeline, whose first segment repeats the end of the old one. */
    void forkAt(Mark mark) {
        left = new ArrayList<>(mark.left());
        left.add(new CommitOrder.Leg(mark.timeline(), mark.lsn()));
        newest = newest.next();
        for (TransactionRecord old : List.copyOf(records)) {
            if (old.timeline().equals(mark.timeline()) && old.start().isBefore(mark.lsn()) && random.nextInt(3) == 0) {
                records.add(new TransactionRecord(
                        newest, old.start(), old.kind(), old.xid(), old.subtransactions(), old.at()));
            }
        }
        timeline = newest;
        lsn = mark.lsn().plus(0x40);
        xid = mark.xid();
        endings = new HashMap<>(mark.endings());
        onPath = new HashSet<>(mark.onPath());
    }

    Lsn here() {
        return lsn;
    }

    List<CommitOrder.Leg> path() {
        List<CommitOrder.Leg> path = new ArrayList<>(left);
        path.add(new CommitOrder.Leg(timeline, null));
        return path;
    }

    CommitOrder commits() {
        return new CommitOrder(path(), records);
    }

    boolean isOnPath(Op op) {
        return onPath.contains(op);
    }

    @Nullable
    TransactionRecord ending(Op op) {
        return endings.get(op);
    }

    boolean mustBeThere(Op op, Lsn stop) {
        TransactionRecord ending = endings.get(op);
        return onPath.contains(op)
                && ending != null
                && ending.commits()
                && ending.start().isBefore(stop);
    }

    /** What must be there, in the order of the log. */
    List<Op> expected(Lsn stop) {
        return ops.stream()
                .filter(op -> mustBeThere(op, stop))
                .sorted(java.util.Comparator.comparing(op -> commitOf(op)))
                .toList();
    }

    Lsn commitOf(Op op) {
        return java.util.Objects.requireNonNull(endings.get(op)).start();
    }

    RestoredState restored(Lsn stop) {
        RestoredState state = new RestoredState();
        expected(stop).forEach(state::add);
        return state;
    }

    LedgerResult check(Lsn stop, RestoredState state) {
        return state.feed(new LedgerCheck(history, commits(), stop, ACCOUNTS));
    }
}
