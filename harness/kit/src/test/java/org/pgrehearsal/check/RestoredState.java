package org.pgrehearsal.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.pgrehearsal.ledger.LedgerRow;
import org.pgrehearsal.ledger.TwinRow;

/** The rows of a restored database, to be spoiled by tests. */
final class RestoredState {
    final List<LedgerRow> ledger = new ArrayList<>();
    final List<TwinRow> twins = new ArrayList<>();
    final long[] balances = new long[Scene.ACCOUNTS.count()];

    RestoredState() {
        Arrays.fill(balances, Scene.ACCOUNTS.initial());
    }

    /** The whole of an operation. */
    void add(Scene.Op op) {
        ledger.add(op.row());
        twins.add(op.twin());
        transfer(op.row(), 1);
    }

    /** The whole of an operation. */
    void remove(Scene.Op op) {
        ledger.remove(op.row());
        removeTwin(op);
        transfer(op.row(), -1);
    }

    void removeTwin(Scene.Op op) {
        twins.removeIf(twin -> twin.writer() == op.writer() && twin.sequence() == op.sequence());
    }

    void replace(Scene.Op op, UnaryOperator<LedgerRow> change) {
        ledger.replaceAll(row -> row.equals(op.row()) ? change.apply(row) : row);
    }

    private void transfer(LedgerRow row, int sign) {
        balances[row.debit()] -= (long) sign * row.amount();
        balances[row.credit()] += (long) sign * row.amount();
    }

    void shuffle(Random random) {
        Collections.shuffle(ledger, random);
        Collections.shuffle(twins, random);
    }

    LedgerResult feed(LedgerCheck check) {
        int half = ledger.size() / 2;
        ledger.subList(0, half).forEach(check::ledgerRow);
        twins.forEach(check::twinRow);
        ledger.subList(half, ledger.size()).forEach(check::ledgerRow);
        for (int id = 0; id < balances.length; id++) {
            check.account(id, balances[id]);
        }
        return check.finish();
    }
}
