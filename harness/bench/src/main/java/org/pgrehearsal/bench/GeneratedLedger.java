package org.pgrehearsal.bench;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.LedgerRow;
import org.pgrehearsal.ledger.OperationKind;
import org.pgrehearsal.ledger.Outcome;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.TransactionRecord;

/**
 * A ledger that is never held: its rows are made when they are asked for, the same ones each time. Every fiftieth operation is rolled back.
 *
 * @param operations how many are begun, all writers together
 */
record GeneratedLedger(int operations) {
    static final int WRITERS = 4;
    static final int ACCOUNTS = 1000;
    static final long INITIAL = 1_000_000;
    private static final UUID RUN = new UUID(0x7065_6861_7273_616CL, 42);

    /** The rows that are committed. */
    void committed(Consumer<LedgerRow> rows) {
        all(row -> {
            if (row.kind() != OperationKind.ABORT) {
                rows.accept(row);
            }
        });
    }

    private void all(Consumer<LedgerRow> rows) {
        byte[][] heads = new byte[WRITERS][LedgerRow.HASH_LENGTH];
        for (int i = 0; i < operations; i++) {
            int writer = i % WRITERS;
            long sequence = i / WRITERS;
            byte[] payload = new byte[16];
            payload[0] = (byte) i;
            payload[7] = (byte) (i >> 8);
            OperationKind kind = i % 50 == 49 ? OperationKind.ABORT : OperationKind.TRANSFER;
            int debit = i % ACCOUNTS;
            int credit = Math.floorMod(i * 7 + 1, ACCOUNTS);
            byte[] hash =
                    LedgerRow.computeHash(RUN, writer, sequence, kind, debit, credit, i % 100, payload, heads[writer]);
            rows.accept(new LedgerRow(
                    RUN, writer, sequence, kind, debit, credit, i % 100, payload, heads[writer], hash, 1000L + i, 1));
            if (kind != OperationKind.ABORT) {
                heads[writer] = hash;
            }
        }
    }

    History history() {
        History history = new History(RUN, WRITERS);
        all(row -> {
            history.begin(
                    row.writer(),
                    row.kind(),
                    row.xid(),
                    1,
                    new Lsn(row.xid() << 8),
                    LedgerRow.shortHash(row.hash()),
                    LedgerRow.shortHash(row.previous()));
            history.end(row.writer(), row.sequence(), row.kind() == OperationKind.ABORT ? Outcome.FAILED : Outcome.OK);
        });
        return history;
    }

    CommitOrder commits() {
        CommitOrder.Builder builder = CommitOrder.along(List.of(new CommitOrder.Leg(TimelineId.FIRST, null)));
        for (int i = 0; i < operations; i++) {
            long xid = 1000L + i;
            builder.add(new TransactionRecord(
                    TimelineId.FIRST,
                    new Lsn((xid << 8) + 64),
                    i % 50 == 49 ? TransactionRecord.Kind.ABORT : TransactionRecord.Kind.COMMIT,
                    xid,
                    List.of(),
                    Instant.ofEpochSecond(i)));
        }
        return builder.build();
    }

    /** What the accounts hold after all committed rows. */
    long[] balances() {
        long[] balances = new long[ACCOUNTS];
        Arrays.fill(balances, INITIAL);
        committed(row -> {
            balances[row.debit()] -= row.amount();
            balances[row.credit()] += row.amount();
        });
        return balances;
    }
}
