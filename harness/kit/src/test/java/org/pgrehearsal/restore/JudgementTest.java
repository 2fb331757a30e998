package org.pgrehearsal.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.check.Accounts;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.check.LedgerCounts;
import org.pgrehearsal.check.LedgerResult;
import org.pgrehearsal.check.Missing;
import org.pgrehearsal.check.ObjectsResult;
import org.pgrehearsal.check.TransactionStatus;
import org.pgrehearsal.check.TransactionStatusCheck;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.platform.local.PostgresTools;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;
import org.pgrehearsal.target.Prediction;
import org.pgrehearsal.target.RecoveryLog;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.verdict.Verdict;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.TransactionRecord;

class JudgementTest {
    private static final RecoveryLog NO_LOG =
            new RecoveryLog(0, null, null, null, false, null, null, null, false, List.of(), List.of(), List.of());
    private static final Expected EXPECTED =
            new Expected(new Prediction.Undecided("not asked here"), CommitOrder.of(TimelineId.FIRST, List.of()), true);
    private static final Finding LOST = Finding.of(Anomaly.LOST_SUFFIX, "two commits are lost");
    private static final Finding DAMAGED = Finding.of(Anomaly.PAGE_DAMAGED, "page 3 is damaged");
    private static final ObjectsResult OBJECTS = new ObjectsResult(List.of(), 4, 3, 1);

    @TempDir
    private Path folder;

    private final Map<String, CheckResult> checks = new LinkedHashMap<>();
    private Janitor janitor;
    private Attempt opened;

    @BeforeEach
    void imagineAServer() throws IOException {
        Path work = folder.resolve("work");
        janitor = Janitor.watch(work, UUID.randomUUID().toString(), false);
        Runner runner = new Runner(
                new Account(System.getProperty("user.name"), false),
                work,
                janitor,
                new Transcript(folder.resolve("commands.log"), new Redaction()));
        PostgresTools none = new PostgresTools(Path.of("unused"));
        PostgresCluster cluster = new PostgresCluster(runner, none, work.resolve("c1"), "unused", true);
        opened = new Attempt.Opened(
                cluster, new ToolPages(cluster, Duration.ofSeconds(1)), false, NO_LOG, Duration.ofSeconds(3));
    }

    @AfterEach
    void cleanUp() {
        janitor.close();
    }

    private static LedgerResult ledger(long rows, @Nullable Missing lost, Finding... findings) {
        return new LedgerResult(
                List.of(findings),
                new LedgerCounts(rows, 9, 0, 9, 9, 0, 0, 0, 0, 9, 0, 0),
                lost,
                null,
                List.of("one looked odd"),
                Accounts.NONE);
    }

    private Judgement of(Attempt attempt, String... silent) {
        return new Judgement(attempt, EXPECTED, checks, List.of(silent));
    }

    private Judgement ofAStranger(TransactionStatus subtransaction) {
        TransactionRecord commit = new TransactionRecord(
                TimelineId.FIRST, new Lsn(100), TransactionRecord.Kind.COMMIT, 700, List.of(701L), Instant.EPOCH);
        TransactionStatusCheck statuses =
                new TransactionStatusCheck(CommitOrder.of(TimelineId.FIRST, List.of(commit)), new Lsn(200), 3);
        statuses.status(700, TransactionStatus.COMMITTED);
        statuses.status(701, subtransaction);
        return new Judgement(
                opened, EXPECTED, Map.of("transaction status", statuses.finish()), List.of(), "transaction status");
    }

    @Test
    void withoutALedgerOneWrongStatusRefutes() {
        assertThat(ofAStranger(TransactionStatus.COMMITTED).verdict()).isEqualTo(new Verdict.Proved());
        assertThat(ofAStranger(TransactionStatus.ABORTED).findings())
                .extracting(Finding::anomaly)
                .containsExactly(Anomaly.STATUS_DISAGREES);
        assertThat(new Judgement(opened, EXPECTED, Map.of(), List.of(), "transaction status").reasons())
                .containsExactly("the transaction status was not checked");
    }

    @Test
    void provedIfEveryCheckCountedAndFoundNothing() {
        checks.put("ledger", ledger(9, null));
        checks.put("objects", OBJECTS);

        assertThat(of(opened).verdict()).isEqualTo(new Verdict.Proved());
        assertThat(of(opened).firstLost()).isNull();
        assertThat(of(opened).measurements())
                .contains(
                        new Measurement("ledger rows read", 9, "rows"),
                        new Measurement("tables expected", 4, "tables"));
        assertThat(of(opened).observations()).containsExactly("one looked odd");
    }

    @Test
    void oneFindingRefutesWhateverTheOthersSay() {
        checks.put("ledger", ledger(0, new Missing(2, new Lsn(70), new Lsn(80)), LOST));
        checks.put("objects", OBJECTS);
        checks.put("structure", new PagesResult(List.of(DAMAGED), "relations without damage", 7, "relations"));
        Judgement judgement = of(opened, "the log says nothing");

        assertThat(judgement.verdict()).isEqualTo(new Verdict.Refuted(List.of(LOST, DAMAGED)));
        assertThat(judgement.firstLost()).isEqualTo(new Lsn(70));
    }

    @Test
    void whatCountedNothingProvesNothing() {
        checks.put("ledger", ledger(0, null));
        checks.put("objects", new ObjectsResult(List.of(), 0, 0, 0));

        assertThat(of(opened, "the log says nothing").verdict())
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "the log says nothing",
                        "ledger: no ledger row was read",
                        "objects: no table, large object or sequence number was expected before the stop")));
    }

    @Test
    void noCheckIsNoProof() {
        assertThat(of(opened).verdict()).isEqualTo(new Verdict.Inconclusive(List.of("the ledger was not checked")));
        checks.put("objects", OBJECTS);
        assertThat(of(opened).verdict()).isEqualTo(new Verdict.Inconclusive(List.of("the ledger was not checked")));
    }

    @Test
    void aRefusalOfARestoreThatHasToSucceedRefutes() {
        assertThat(of(new Attempt.Refused(Attempt.By.ENGINE, "no such backup", NO_LOG))
                        .verdict())
                .isEqualTo(new Verdict.Refuted(List.of(Finding.of(Anomaly.REFUSED, "engine: no such backup"))));
        assertThat(of(new Attempt.Refused(Attempt.By.SERVER, "WAL ends before end of online backup", NO_LOG))
                        .findings())
                .containsExactly(Finding.of(Anomaly.REFUSED, "server: WAL ends before end of online backup"));
    }
}
