package org.pgrehearsal.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.wal.TransactionRecord.Kind;

class CommitOrderTest {
    private static final TimelineId ONE = TimelineId.FIRST;
    private static final TimelineId TWO = ONE.next();
    private static final List<CommitOrder.Leg> FORKED =
            List.of(new CommitOrder.Leg(ONE, new Lsn(100)), new CommitOrder.Leg(TWO, null));

    private static TransactionRecord logged(TimelineId timeline, long start, Kind kind, long xid, Long... children) {
        return new TransactionRecord(
                timeline, new Lsn(start), kind, xid, List.of(children), Instant.ofEpochSecond(start, 1000));
    }

    @Test
    void aTransactionNumberMeansTheTransactionOfThePath() {
        TransactionRecord before = logged(ONE, 99, Kind.COMMIT, 7);
        TransactionRecord left = logged(ONE, 100, Kind.COMMIT, 8);
        TransactionRecord after = logged(TWO, 120, Kind.ABORT, 8);
        CommitOrder commits = new CommitOrder(FORKED, List.of(before, left, after));

        assertThat(commits.records()).containsExactly(before, after);
        assertThat(commits.ending(8)).isEqualTo(after);
        assertThat(commits.ending(9)).isNull();
        assertThat(commits.endingOrdinal(9)).isEqualTo(-1);
        assertThat(commits.isOnPath(new TimelineId(3), new Lsn(1))).isFalse();
        assertThat(commits.path()).isEqualTo(FORKED);
    }

    @Test
    void aRecordThatTheNextTimelineRepeatsIsKeptOnce() {
        TransactionRecord early = logged(ONE, 90, Kind.COMMIT, 7);
        TransactionRecord again = logged(TWO, 90, Kind.COMMIT, 7);
        TransactionRecord onlyThere = logged(TWO, 95, Kind.COMMIT, 6);
        TransactionRecord last = logged(ONE, 97, Kind.COMMIT, 8);
        CommitOrder commits = new CommitOrder(FORKED, List.of(early, last, again, onlyThere, onlyThere));

        assertThat(commits.records()).containsExactly(early, onlyThere, last);
        assertThat(commits.ending(6)).isEqualTo(onlyThere);
    }

    @Test
    void subtransactionsEndWithTheirParentOrByThemselves() {
        TransactionRecord child = logged(ONE, 10, Kind.ABORT, 3);
        TransactionRecord parent = logged(ONE, 20, Kind.COMMIT, 2, 4L, 5L);
        CommitOrder commits = CommitOrder.of(ONE, List.of(child, parent));

        assertThat(commits.ending(3)).isEqualTo(child);
        assertThat(commits.ending(4)).isEqualTo(parent);
        assertThat(commits.ending(5)).isEqualTo(parent);
    }

    @Test
    void aPreparedTransactionEndsWithItsSecondStep() {
        TransactionRecord prepare = logged(ONE, 10, Kind.PREPARE, 3, 4L);
        assertThat(CommitOrder.of(ONE, List.of(prepare)).ending(3)).isNull();
        assertThat(CommitOrder.of(ONE, List.of(prepare)).ending(4)).isNull();

        TransactionRecord commit = logged(ONE, 20, Kind.COMMIT_PREPARED, 3, 4L);
        assertThat(CommitOrder.of(ONE, List.of(prepare, commit)).ending(4)).isEqualTo(commit);
    }

    @Test
    void ordinalsFollowThePosition() {
        CommitOrder commits =
                CommitOrder.of(ONE, List.of(logged(ONE, 20, Kind.COMMIT, 2), logged(ONE, 10, Kind.ABORT, 3)));

        assertThat(commits.size()).isEqualTo(2);
        assertThat(commits.before(new Lsn(10))).isZero();
        assertThat(commits.before(new Lsn(11))).isEqualTo(1);
        assertThat(commits.before(new Lsn(-1))).isEqualTo(2);
        assertThat(commits.start(1)).isEqualTo(new Lsn(20));
        assertThat(commits.kind(0)).isEqualTo(Kind.ABORT);
        assertThat(commits.at(0)).isEqualTo(Instant.ofEpochSecond(10, 1000));
        assertThat(commits.endingOrdinal(2)).isEqualTo(1);
    }

    @Test
    void manyRecordsInAnyOrderAreFoundAgain() {
        Random random = new Random(3);
        List<TransactionRecord> all = new ArrayList<>();
        Map<Long, TransactionRecord> byNumber = new HashMap<>();
        for (int i = 0; i < 40_000; i++) {
            long xid = 1_000_000_000_000L + 3L * i;
            TransactionRecord transaction = i % 5 == 0
                    ? logged(ONE, 8L * i, Kind.COMMIT, xid, xid + 1, xid + 2)
                    : logged(ONE, 8L * i, Kind.ABORT, xid);
            all.add(transaction);
            byNumber.put(xid, transaction);
            transaction.subtransactions().forEach(child -> byNumber.put(child, transaction));
        }
        List<TransactionRecord> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);

        assertThat(CommitOrder.of(ONE, shuffled).records()).isEqualTo(all);
        CommitOrder.Builder builder = CommitOrder.along(List.of(new CommitOrder.Leg(ONE, null)));
        all.forEach(builder::add);
        CommitOrder commits = builder.build();
        assertThat(commits.records()).isEqualTo(all);
        byNumber.forEach((xid, transaction) -> assertThat(commits.ending(xid)).isEqualTo(transaction));
        assertThat(commits.ending(1_000_000_000_004L)).isNull();
    }

    @Test
    void aPathIsNotEndless() {
        List<CommitOrder.Leg> path = Collections.nCopies(128, new CommitOrder.Leg(ONE, null));
        assertThatThrownBy(() -> CommitOrder.along(path)).hasMessageContaining("128");
    }
}
