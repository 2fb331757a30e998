package org.pgrehearsal.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.LongStream;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TransactionRecord;

/**
 * Holds the restored cluster's own transaction status against the archived log. It needs no ledger, so it holds for any database.
 *
 * <p>Ask the cluster while it is paused at the target: once promoted it gives the same numbers to other transactions. Ask for
 * {@link #transactionsToAsk}, tell the answers in any order, then {@link #finish}. Not thread-safe.
 */
public final class TransactionStatusCheck {
    private final CommitOrder commits;
    private final int stop;
    private final long[] asked;
    private final BitSet answered;
    /** Has a record before the stop: if that is not its end, it is prepared. */
    private final BitSet begun = new BitSet();

    private final Accusations accusations = new Accusations();
    private long committed;
    private long aborted;
    private long absent;
    private long forgotten;

    /** For a server that has written nothing of its own. */
    public TransactionStatusCheck(CommitOrder commits, Lsn stop, long first) {
        this(commits, stop, first, true);
    }

    /**
     * @param stop  exclusive: a record that starts here must have had no effect
     * @param first the first transaction in scope; older ones are left out, because the log may hold only a part of them
     * @param later whether transactions are in scope of which the log has nothing before the stop: a server that was promoted there has given their
     *     numbers to others
     */
    public TransactionStatusCheck(CommitOrder commits, Lsn stop, long first, boolean later) {
        this.commits = commits;
        this.stop = commits.before(stop);
        asked = numbers(later ? commits.records() : commits.records().subList(0, this.stop))
                .filter(xid -> xid >= first)
                .sorted()
                .distinct()
                .toArray();
        answered = new BitSet(asked.length);
        for (TransactionRecord transaction : commits.records().subList(0, this.stop)) {
            if (transaction.xid() >= first) {
                begun.set(index(transaction.xid()));
            }
        }
    }

    private static LongStream numbers(Iterable<TransactionRecord> records) {
        LongStream.Builder numbers = LongStream.builder();
        for (TransactionRecord transaction : records) {
            numbers.add(transaction.xid());
            transaction.subtransactions().forEach(numbers::add);
        }
        return numbers.build();
    }

    /** Every transaction and subtransaction in scope, ascending. */
    public LongStream transactionsToAsk() {
        return Arrays.stream(asked);
    }

    /**
     * Takes what the restored cluster says.
     *
     * @throws IllegalArgumentException if the transaction is not one of {@link #transactionsToAsk}
     */
    public void status(long xid, TransactionStatus status) {
        int index = index(xid);
        if (index < 0) {
            throw new IllegalArgumentException("transaction " + xid + " is not in scope");
        }
        if (answered.get(index)) {
            return;
        }
        answered.set(index);
        if (status == TransactionStatus.UNKNOWN_TO_SERVER) {
            forgotten++;
            return;
        }
        int ending = commits.endingOrdinal(xid);
        if (ending < 0 || ending >= stop) {
            notEnded(xid, status, begun.get(index));
        } else if (commits.kind(ending).commits()) {
            committed += agree(xid, status, status == TransactionStatus.COMMITTED);
        } else {
            aborted += agree(xid, status, status == TransactionStatus.ABORTED);
        }
    }

    private int index(long xid) {
        return Arrays.binarySearch(asked, xid);
    }

    /** A prepared transaction waits for its end; no crash and no promotion may abort it. It may be the newest, and so look like the future. */
    private void notEnded(long xid, TransactionStatus status, boolean waits) {
        boolean right = waits
                ? status == TransactionStatus.IN_PROGRESS || status == TransactionStatus.FUTURE
                : status != TransactionStatus.COMMITTED;
        absent += agree(xid, status, right);
    }

    private int agree(long xid, TransactionStatus status, boolean right) {
        if (right) {
            return 1;
        }
        accusations.add(
                Anomaly.STATUS_DISAGREES,
                xid,
                () -> "xid " + xid + " is " + status + " in the restored cluster, but " + inLog(xid));
        return 0;
    }

    private String inLog(long xid) {
        int ending = commits.endingOrdinal(xid);
        if (ending < 0) {
            return "prepared and not ended in the log";
        }
        String where = commits.kind(ending) + " at " + commits.start(ending) + " in the log";
        return ending < stop ? where : where + ", which is not before the stop";
    }

    /** Judges, once every answer was told. */
    public StatusResult finish() {
        return new StatusResult(
                accusations.findings(), committed, aborted, absent, forgotten, asked.length - answered.cardinality());
    }
}
