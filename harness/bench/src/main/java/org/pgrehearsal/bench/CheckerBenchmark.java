package org.pgrehearsal.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.pgrehearsal.check.Accounts;
import org.pgrehearsal.check.LedgerCheck;
import org.pgrehearsal.check.LedgerResult;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.TwinRow;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;

/**
 * Five million operations, their log and their check in a heap of 512 MB. Each row is made on the way, which costs one hash as the check does:
 * the difference of the two benchmarks is the check.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Xmx512m")
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class CheckerBenchmark {
    @Param("5000000")
    private int operations;

    private GeneratedLedger ledger = new GeneratedLedger(0);
    private History history = ledger.history();
    private CommitOrder commits = ledger.commits();
    private long[] balances = ledger.balances();

    /** What both benchmarks need. */
    @Setup(Level.Trial)
    public void generate() {
        ledger = new GeneratedLedger(operations);
        history = ledger.history();
        commits = ledger.commits();
        balances = ledger.balances();
    }

    /** The rows alone. */
    @Benchmark
    public void generateRows(Blackhole blackhole) {
        ledger.committed(blackhole::consume);
    }

    /** The rows and their check. */
    @Benchmark
    public LedgerResult generateAndCheckRows() {
        LedgerCheck check = new LedgerCheck(
                history,
                commits,
                new Lsn(Long.MAX_VALUE),
                new Accounts(GeneratedLedger.ACCOUNTS, GeneratedLedger.INITIAL));
        ledger.committed(row -> {
            check.ledgerRow(row);
            check.twinRow(new TwinRow(row.run(), row.writer(), row.sequence(), row.hash()));
        });
        for (int id = 0; id < balances.length; id++) {
            check.account(id, balances[id]);
        }
        LedgerResult result = check.finish();
        if (!result.findings().isEmpty() || !result.counted()) {
            throw new IllegalStateException("a right ledger was accused: " + result);
        }
        return result;
    }
}
