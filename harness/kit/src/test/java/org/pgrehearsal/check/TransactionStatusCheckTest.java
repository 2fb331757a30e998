package org.pgrehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgrehearsal.check.TransactionStatus.ABORTED;
import static org.pgrehearsal.check.TransactionStatus.COMMITTED;
import static org.pgrehearsal.check.TransactionStatus.FUTURE;
import static org.pgrehearsal.check.TransactionStatus.IN_PROGRESS;
import static org.pgrehearsal.check.TransactionStatus.UNKNOWN_TO_SERVER;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.TransactionRecord.Kind;

class TransactionStatusCheckTest {
    private final List<TransactionRecord> records = new ArrayList<>();

    private void log(long start, Kind kind, long xid, Long... children) {
        records.add(new TransactionRecord(
                TimelineId.FIRST, new Lsn(start), kind, xid, Arrays.asList(children), Instant.EPOCH));
    }

    private TransactionStatusCheck check(long stop, long first) {
        return new TransactionStatusCheck(CommitOrder.of(TimelineId.FIRST, records), new Lsn(stop), first);
    }

    private StatusResult answer(long stop, long xid, TransactionStatus status) {
        TransactionStatusCheck check = check(stop, 0);
        check.status(xid, status);
        return check.finish();
    }

    @Test
    void everyTransactionAndSubtransactionInScopeIsAsked() {
        log(10, Kind.COMMIT, 7, 8L, 9L);
        log(20, Kind.ABORT, 5);
        log(30, Kind.PREPARE, 10);
        log(40, Kind.ABORT_PREPARED, 10);
        log(50, Kind.COMMIT, 4, 6L);

        assertThat(check(30, 5).transactionsToAsk()).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void aPromotedServerIsNotAskedForNumbersThatItMayHaveGivenAway() {
        log(10, Kind.COMMIT, 7, 8L);
        log(20, Kind.PREPARE, 10);
        log(40, Kind.COMMIT_PREPARED, 10);
        log(50, Kind.COMMIT, 9);
        CommitOrder order = CommitOrder.of(TimelineId.FIRST, records);

        assertThat(new TransactionStatusCheck(order, new Lsn(40), 0, false).transactionsToAsk())
                .containsExactly(7L, 8L, 10L);
    }

    @Test
    void aCommitBeforeTheStopMustBeCommitted() {
        log(10, Kind.COMMIT, 7, 8L);
        assertThat(answer(11, 7, COMMITTED).committed()).isEqualTo(1);
        assertThat(answer(11, 8, COMMITTED).committed()).isEqualTo(1);
        for (TransactionStatus other : List.of(ABORTED, IN_PROGRESS, FUTURE)) {
            StatusResult result = answer(11, 8, other);
            assertThat(result.findings())
                    .extracting(Finding::toString)
                    .containsExactly("STATUS_DISAGREES: the restored transaction status contradicts the archived log:"
                            + " xid 8 is " + other + " in the restored cluster, but COMMIT at 0/A in the log");
            assertThat(result.committed()).isZero();
        }
    }

    @Test
    void anAbortBeforeTheStopMustBeAborted() {
        log(10, Kind.ABORT, 7);
        StatusResult right = answer(11, 7, ABORTED);
        assertThat(right.aborted()).isEqualTo(1);
        assertThat(right.findings()).isEmpty();
        for (TransactionStatus other : List.of(COMMITTED, IN_PROGRESS, FUTURE)) {
            assertThat(answer(11, 7, other).findings()).hasSize(1);
        }
    }

    @Test
    void whatEndsAtTheStopMustNotBeCommitted() {
        log(10, Kind.COMMIT, 7);
        for (TransactionStatus right : List.of(ABORTED, IN_PROGRESS, FUTURE)) {
            StatusResult result = answer(10, 7, right);
            assertThat(result.findings()).isEmpty();
            assertThat(result.absent()).isEqualTo(1);
        }
        assertThat(answer(10, 7, COMMITTED).findings())
                .singleElement()
                .asString()
                .endsWith("but COMMIT at 0/A in the log, which is not before the stop");
    }

    @Test
    void whatIsPreparedAtTheStopWaits() {
        log(10, Kind.PREPARE, 7);
        log(20, Kind.COMMIT_PREPARED, 7);
        assertThat(answer(15, 7, IN_PROGRESS).absent()).isEqualTo(1);
        assertThat(answer(15, 7, FUTURE).findings()).isEmpty();
        assertThat(answer(15, 7, ABORTED).findings()).hasSize(1);
        assertThat(answer(15, 7, COMMITTED).findings()).hasSize(1);
        assertThat(answer(21, 7, COMMITTED).committed()).isEqualTo(1);
        // not even prepared before the stop
        assertThat(answer(10, 7, ABORTED).findings()).isEmpty();
    }

    @Test
    void whatIsPreparedAndNeverEndedWaitsToo() {
        log(10, Kind.PREPARE, 7);
        assertThat(answer(15, 7, IN_PROGRESS).findings()).isEmpty();
        assertThat(answer(15, 7, ABORTED).findings())
                .singleElement()
                .asString()
                .endsWith("but prepared and not ended in the log");
    }

    @Test
    void whatIsPreparedOutOfScopeIsLeftOut() {
        log(10, Kind.PREPARE, 7);
        log(20, Kind.COMMIT, 8);
        TransactionStatusCheck check = check(30, 8);
        check.status(8, COMMITTED);

        assertThat(check.finish().counted()).isTrue();
        TransactionStatusCheck inScope = check(30, 7);
        inScope.status(7, ABORTED);
        assertThat(inScope.finish().findings()).hasSize(1);
        assertThat(check.transactionsToAsk()).containsExactly(8L);
    }

    @Test
    void whatTheServerForgotIsCountedAndProvesNothing() {
        log(10, Kind.COMMIT, 7);
        StatusResult result = answer(11, 7, UNKNOWN_TO_SERVER);

        assertThat(result.findings()).isEmpty();
        assertThat(result.forgotten()).isEqualTo(1);
        assertThat(result.counted()).isFalse();
    }

    @Test
    void whatWasNotAskedProvesNothing() {
        log(10, Kind.COMMIT, 7);
        log(20, Kind.COMMIT, 8);
        TransactionStatusCheck check = check(30, 0);
        check.status(7, COMMITTED);
        check.status(7, COMMITTED);
        StatusResult result = check.finish();

        assertThat(result.notAnswered()).isEqualTo(1);
        assertThat(result.committed()).isEqualTo(1);
        assertThat(result.notCounted()).containsExactly("the status of 1 transactions was not told");
        assertThat(result.observations()).isEmpty();
        assertThat(result.measurements())
                .contains(
                        new Measurement("committed in log and cluster", 1, "transactions"),
                        new Measurement("not asked", 1, "transactions"));
    }

    @Test
    void anEmptyLogProvesNothing() {
        assertThat(check(30, 0).finish().notCounted()).containsExactly("no transaction of the log was found committed");
    }

    @Test
    void anAnswerThatNobodyAskedForIsRefused() {
        log(10, Kind.COMMIT, 7);
        assertThatThrownBy(() -> check(30, 8).status(7, COMMITTED)).hasMessageContaining("transaction 7");
    }
}
