package org.pgrehearsal.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.LedgerRow;
import org.pgrehearsal.ledger.Outcome;
import org.pgrehearsal.ledger.TwinRow;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;

/**
 * Holds the restored ledger, twins and accounts against the history and the archived log: exactly the operations whose commit record starts
 * before the stop must be there, each once, whole and as it was written.
 *
 * <p>Rows come in any order, once each; then {@link #finish}. Memory is bounded: some nine bytes an operation beside the history and the
 * commit order. Not thread-safe.
 */
public final class LedgerCheck {
    private final History history;
    private final CommitOrder commits;
    private final Expectation expectation;
    private final Accounts accounts;
    private final @Nullable Instant askedTime;
    private final Accusations accusations = new Accusations();
    private final Balances balances;
    private final Restored[] restored;
    private final LedgerCounts.Builder counts = new LedgerCounts.Builder();
    private final List<String> observations = new ArrayList<>();

    /**
     * @param history  what the writers were told
     * @param commits  what the archived log says, along the timelines that the restored database must be on
     * @param stop     exclusive: a commit record that starts here must not be there
     */
    public LedgerCheck(History history, CommitOrder commits, Lsn stop, Accounts accounts) {
        this(history, commits, stop, accounts, null);
    }

    /**
     * @param askedTime for a time target, the time asked for: commits at or after the stop that carry an earlier time are told apart as
     *                  clock-inverted, which is right; null for any other target
     */
    public LedgerCheck(History history, CommitOrder commits, Lsn stop, Accounts accounts, @Nullable Instant askedTime) {
        this.history = history;
        this.commits = commits;
        this.accounts = accounts;
        this.askedTime = askedTime;
        expectation = new Expectation(history, commits, stop);
        balances = new Balances(accounts, accusations);
        restored = new Restored[history.writers()];
        Arrays.setAll(restored, writer -> new Restored(history.operations(writer)));
    }

    /** What must be there, for checks of what the operations did besides. */
    public Expectation expectation() {
        return expectation;
    }

    /** Takes a row of {@code dr_ledger}. */
    public void ledgerRow(LedgerRow row) {
        counts.ledgerRows++;
        boolean intact = isIntact(row);
        boolean ours = row.run().equals(history.run());
        if (!ours) {
            accuse(Anomaly.WRONG_CLUSTER, row, "belongs to run " + row.run());
        } else if (!history.knows(row.writer(), row.sequence())) {
            accuse(Anomaly.GHOST, row, "was never begun by its writer");
        } else {
            known(row, intact);
            return;
        }
        if (!intact) {
            accuse(Anomaly.ALTERED, row, "does not have the hash of its content");
        }
    }

    /** Takes a row of either table that cannot even be read as one: a null or a value that no writer writes. */
    public void unreadableRow(String what) {
        balances.distrust();
        accusations.add(Anomaly.ALTERED, 0, () -> what);
    }

    private void known(LedgerRow row, boolean intact) {
        Restored writer = restored[row.writer()];
        boolean again = writer.ledger(row.sequence());
        if (again) {
            accuse(Anomaly.DUPLICATE, row, "is there more than once");
        } else if (!expectation.expects(row.writer(), row.sequence())) {
            unexpected(row);
        }
        String difference = difference(row, intact);
        if (difference != null) {
            accuse(Anomaly.ALTERED, row, difference);
            balances.distrust();
        } else if (!again) {
            balances.transfer(row);
            if (!writer.agree(row.sequence(), row.hash())) {
                torn(row.writer(), row.sequence(), "has a twin with another hash");
            }
        }
    }

    private void unexpected(LedgerRow row) {
        int ending = expectation.ending(row.writer(), row.sequence());
        if (ending == Expectation.OFF_PATH) {
            accuse(
                    Anomaly.WRONG_BRANCH,
                    row,
                    "was written on timeline " + history.timeline(row.writer(), row.sequence()) + " at "
                            + history.insertedAt(row.writer(), row.sequence()) + ", which was left behind");
        } else if (history.outcome(row.writer(), row.sequence()) == Outcome.FAILED) {
            accuse(Anomaly.RESURRECTED_ABORT, row, "was rolled back");
        } else if (expectation.commits(row.writer(), row.sequence())) {
            accuse(Anomaly.GHOST, row, "commits only after the stop");
        } else {
            accuse(Anomaly.GHOST, row, "has no commit in the log");
        }
    }

    /** What differs from what was written; null if nothing does. */
    private @Nullable String difference(LedgerRow row, boolean intact) {
        int writer = row.writer();
        long sequence = row.sequence();
        if (!intact) {
            return "does not have the hash of its content";
        }
        if (LedgerRow.shortHash(row.hash()) != history.hash(writer, sequence)) {
            return "has another hash than was written";
        }
        if (LedgerRow.shortHash(row.previous()) != history.previous(writer, sequence)) {
            return "is chained to another operation";
        }
        if (row.xid() != history.xid(writer, sequence)) {
            return "has xid " + row.xid() + " instead of " + history.xid(writer, sequence);
        }
        if (row.timeline() != history.timeline(writer, sequence)) {
            return "has timeline " + row.timeline() + " instead of " + history.timeline(writer, sequence);
        }
        return null;
    }

    private static boolean isIntact(LedgerRow row) {
        return row.previous().length == LedgerRow.HASH_LENGTH && Arrays.equals(row.hash(), row.expectedHash());
    }

    /** Takes a row of {@code dr_twin}. */
    public void twinRow(TwinRow row) {
        counts.twinRows++;
        int writer = row.writer();
        long sequence = row.sequence();
        if (!row.run().equals(history.run())) {
            accusations.add(
                    Anomaly.WRONG_CLUSTER,
                    sequence,
                    () -> "the twin of " + Text.key(writer, sequence) + " belongs to run " + row.run());
        } else if (!history.knows(writer, sequence)) {
            accusations.add(
                    Anomaly.GHOST,
                    sequence,
                    () -> "the twin of " + Text.key(writer, sequence) + " was never begun by its writer");
        } else {
            if (restored[writer].twin(sequence)) {
                accusations.add(
                        Anomaly.DUPLICATE,
                        order(writer, sequence),
                        () -> "the twin of " + describe(writer, sequence) + " is there more than once");
            }
            boolean same = row.hash().length == LedgerRow.HASH_LENGTH
                    && LedgerRow.shortHash(row.hash()) == history.hash(writer, sequence)
                    && restored[writer].agree(sequence, row.hash());
            if (!same) {
                torn(writer, sequence, "has a twin with another hash");
            }
        }
    }

    /** Takes an account with its balance. */
    public void account(int id, long balance) {
        balances.balance(id, balance);
    }

    /** Judges, once everything has been read. */
    public LedgerResult finish() {
        expectation.survey(counts, accusations);
        nameLeftBehind();
        balances.judge();
        if (!balances.judged()) {
            observations.add("balances were not judged: the amounts of altered rows cannot be believed");
        }
        countCommits();
        Absences absences = new Absences(expectation, commits, accusations);
        counts.expected = expectation.size();
        counts.present = absences.judge(restored);
        return new LedgerResult(
                accusations.findings(),
                counts.build(balances.read()),
                absences.lostSuffix(),
                absences.holes(),
                observations,
                accounts);
    }

    private void nameLeftBehind() {
        LedgerCounts.Builder.Left first = counts.firstLeft;
        if (first != null) {
            observations.add(
                    counts.leftBehind + " acknowledged operations are on no timeline that was restored; the first is "
                            + describe(first.writer(), first.sequence()) + ", written on timeline "
                            + history.timeline(first.writer(), first.sequence()) + " at " + first.at());
        }
    }

    private void countCommits() {
        for (int ordinal = 0; ordinal < commits.size(); ordinal++) {
            if (!commits.kind(ordinal).commits()) {
                continue;
            }
            if (ordinal < expectation.stop()) {
                counts.commitsBefore++;
            } else {
                counts.commitsAfter++;
                if (askedTime != null && !commits.at(ordinal).isAfter(askedTime)) {
                    inverted(ordinal, askedTime);
                }
            }
        }
    }

    private void inverted(int ordinal, Instant askedTime) {
        if (counts.clockInverted++ == 0) {
            observations.add(
                    "clock-inverted: the commit at " + commits.start(ordinal) + " carries " + commits.at(ordinal)
                            + ", not after " + askedTime + ", but lies after the stop, so it is rightly absent");
        }
    }

    private void torn(int writer, long sequence, String how) {
        accusations.add(
                Anomaly.TORN_TRANSACTION, order(writer, sequence), () -> describe(writer, sequence) + " " + how);
    }

    private void accuse(Anomaly anomaly, LedgerRow row, String how) {
        boolean known = history.knows(row.writer(), row.sequence());
        accusations.add(
                anomaly,
                known ? order(row.writer(), row.sequence()) : row.sequence(),
                () -> (known ? describe(row.writer(), row.sequence()) : Text.key(row.writer(), row.sequence())) + " "
                        + how);
    }

    private long order(int writer, long sequence) {
        return history.insertedAt(writer, sequence).value();
    }

    private String describe(int writer, long sequence) {
        return Text.operation(expectation, commits, writer, sequence);
    }
}
