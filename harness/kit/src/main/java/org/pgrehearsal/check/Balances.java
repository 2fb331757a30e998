package org.pgrehearsal.check;

import java.util.BitSet;
import org.pgrehearsal.ledger.LedgerRow;
import org.pgrehearsal.verdict.Anomaly;

/** Compares each restored balance with the transfers of the restored ledger rows: a transfer is half of a transaction, its row the other. */
final class Balances {
    private final Accounts accounts;
    private final Accusations accusations;
    private final long[] moved;
    private final long[] balances;
    private final BitSet seen;
    private long read;
    private boolean judged = true;

    Balances(Accounts accounts, Accusations accusations) {
        this.accounts = accounts;
        this.accusations = accusations;
        moved = new long[accounts.count()];
        balances = new long[accounts.count()];
        seen = new BitSet(accounts.count());
    }

    /** Adds the transfer of a restored row. */
    void transfer(LedgerRow row) {
        move(row, row.debit(), -row.amount());
        move(row, row.credit(), row.amount());
    }

    private void move(LedgerRow row, int account, long amount) {
        if (exists(account)) {
            moved[account] += amount;
        } else if (accounts.count() > 0) {
            accusations.add(
                    Anomaly.TORN_TRANSACTION,
                    row.sequence(),
                    () -> Text.key(row.writer(), row.sequence()) + " moves " + row.amount() + " by account " + account
                            + ", which is not one of the " + accounts.count());
        }
    }

    /** A row whose amounts cannot be believed: no sum can be told any more. */
    void distrust() {
        judged = false;
    }

    void balance(int account, long balance) {
        read++;
        if (!exists(account)) {
            accusations.add(
                    Anomaly.GHOST, account, () -> "account " + account + " is not one of the " + accounts.count());
        } else if (seen.get(account)) {
            accusations.add(Anomaly.DUPLICATE, account, () -> "account " + account + " is there more than once");
        } else {
            seen.set(account);
            balances[account] = balance;
        }
    }

    /** Accuses what does not add up, once every row and every account has been read. */
    void judge() {
        for (int account = 0; account < accounts.count(); account++) {
            int id = account;
            long expected = accounts.initial() + moved[id];
            if (!seen.get(id)) {
                accusations.add(Anomaly.TORN_TRANSACTION, id, () -> "account " + id + " is missing");
            } else if (judged && balances[id] != expected) {
                accusations.add(
                        Anomaly.TORN_TRANSACTION,
                        id,
                        () -> "account " + id + " holds " + balances[id] + ", but the restored rows make it "
                                + expected);
            }
        }
    }

    boolean judged() {
        return judged;
    }

    long read() {
        return read;
    }

    private boolean exists(int account) {
        return account >= 0 && account < accounts.count();
    }
}
