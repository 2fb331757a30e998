package org.pgrehearsal.check;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.OperationKind;
import org.pgrehearsal.ledger.Outcome;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

/**
 * Which operations must be in the restored database: those whose commit record lies on the path and starts before the stop.
 *
 * <p>Costs some four bytes an operation.
 */
public final class Expectation {
    /** The log of the path holds no end of the operation's transaction. */
    static final int NOT_ENDED = -1;
    /** The operation was written on a branch that the path left behind; its number may be another transaction's there. */
    static final int OFF_PATH = -2;

    private final History history;
    private final CommitOrder commits;
    private final int stop;
    private final int[][] endings;
    private final BitSet[] expected;

    /**
     * @param stop exclusive: a commit record that starts here is no longer expected
     */
    public Expectation(History history, CommitOrder commits, Lsn stop) {
        this.history = history;
        this.commits = commits;
        this.stop = commits.before(stop);
        endings = new int[history.writers()][];
        expected = new BitSet[history.writers()];
        for (int writer = 0; writer < history.writers(); writer++) {
            int operations = history.operations(writer);
            endings[writer] = new int[operations];
            expected[writer] = new BitSet(operations);
            for (int sequence = 0; sequence < operations; sequence++) {
                int ending = findEnding(writer, sequence);
                endings[writer][sequence] = ending;
                expected[writer].set(
                        sequence,
                        ending >= 0
                                && ending < this.stop
                                && commits.kind(ending).commits());
            }
        }
    }

    private boolean isOnPath(int writer, long sequence) {
        return commits.isOnPath(
                new TimelineId(history.timeline(writer, sequence)), history.insertedAt(writer, sequence));
    }

    private int findEnding(int writer, long sequence) {
        return isOnPath(writer, sequence) ? commits.endingOrdinal(history.xid(writer, sequence)) : OFF_PATH;
    }

    /** Whether this operation must be in the restored database. False for one that the history does not know. */
    public boolean expects(int writer, long sequence) {
        return history.knows(writer, sequence) && expected[writer].get((int) sequence);
    }

    /** How many operations must be there. */
    public long size() {
        long size = 0;
        for (BitSet writer : expected) {
            size += writer.cardinality();
        }
        return size;
    }

    /** Where the last commit of an operation that must be there starts; null if none must be. Other sessions' commits may follow it. */
    public @Nullable Lsn lastCommit() {
        int last = -1;
        for (int writer = 0; writer < endings.length; writer++) {
            for (int sequence : expected[writer].stream().toArray()) {
                last = Math.max(last, endings[writer][sequence]);
            }
        }
        return last < 0 ? null : commits.start(last);
    }

    History history() {
        return history;
    }

    /** The ordinal of the record that ended the operation, {@link #NOT_ENDED} or {@link #OFF_PATH}. */
    int ending(int writer, long sequence) {
        return endings[writer][(int) sequence];
    }

    /** The ordinal of the first record at or after the stop. */
    int stop() {
        return stop;
    }

    /** Whether the log ended the operation by a commit, before the stop or after. */
    boolean commits(int writer, long sequence) {
        int ending = ending(writer, sequence);
        return ending >= 0 && commits.kind(ending).commits();
    }

    /** Compares what the writers were told with what the log says, and counts what it leaves open. */
    void survey(LedgerCounts.Builder counts, Accusations accusations) {
        int last = commits.path().getLast().timeline().value();
        for (int writer = 0; writer < endings.length; writer++) {
            for (int sequence = 0; sequence < endings[writer].length; sequence++) {
                Outcome outcome = history.outcome(writer, sequence);
                int ending = endings[writer][sequence];
                if (outcome == Outcome.UNKNOWN) {
                    counts.unknown(expected[writer].get(sequence));
                } else if (ending >= 0 && commits.kind(ending).commits() != (outcome == Outcome.OK)) {
                    contradiction(accusations, writer, sequence);
                } else if (outcome == Outcome.LOST || (ending < 0 && outcome == Outcome.OK)) {
                    boolean left = history.timeline(writer, sequence) != last;
                    if (left && wasOverBeforeTheFork(writer, sequence)) {
                        contradiction(accusations, writer, sequence);
                    } else {
                        counts.acknowledgedNotEnded(history, writer, sequence, left);
                    }
                }
            }
        }
    }

    /**
     * Whether the writer's next operation was written before the path left the timeline of this one: its commit came earlier still, so no fork explains
     * that the log has none. A prepared transaction ends later than others that its writer begins after it.
     */
    private boolean wasOverBeforeTheFork(int writer, int sequence) {
        int next = sequence + 1;
        return history.kind(writer, sequence) != OperationKind.TWO_PHASE
                && history.knows(writer, next)
                && history.timeline(writer, next) == history.timeline(writer, sequence)
                && !history.insertedAt(writer, next).equals(Lsn.ZERO)
                && isOnPath(writer, next);
    }

    private void contradiction(Accusations accusations, int writer, int sequence) {
        accusations.add(
                Anomaly.HISTORY_CONTRADICTS_LOG,
                history.insertedAt(writer, sequence).value(),
                () -> Text.operation(this, commits, writer, sequence) + " was told "
                        + history.outcome(writer, sequence));
    }
}
