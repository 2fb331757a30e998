package org.pgrehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.check.Scene.Op;
import org.pgrehearsal.ledger.LedgerRow;
import org.pgrehearsal.ledger.OperationKind;
import org.pgrehearsal.ledger.Outcome;
import org.pgrehearsal.ledger.TwinRow;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.wal.CommitOrder;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.TransactionRecord.Kind;

class LedgerCheckTest {
    private final Scene scene = new Scene(2, 7);
    private Op first;
    private Op second;
    private Op third;
    private Lsn stop;
    private RestoredState state;

    @BeforeEach
    void threeCommitsThenTheStop() {
        first = scene.committed(0);
        second = scene.committed(1);
        third = scene.committed(0);
        stop = scene.here();
        state = scene.restored(stop);
    }

    @Test
    void theRightStateIsProved() {
        LedgerResult result = scene.check(stop, state);

        assertThat(result.findings()).isEmpty();
        assertThat(result.counted()).isTrue();
        assertThat(result.observations()).isEmpty();
        assertThat(result.counts()).isEqualTo(new LedgerCounts(3, 3, 5, 3, 3, 0, 0, 0, 0, 3, 0, 0));
        assertThat(result.measurements())
                .contains(
                        new Measurement("ledger rows read", 3, "rows"),
                        new Measurement("operations expected", 3, "operations"));
    }

    @Test
    void theCommitThatStartsAtTheStopIsNotExpected() {
        LedgerResult result = scene.check(scene.commitOf(third), scene.restored(scene.commitOf(third)));

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().expected()).isEqualTo(2);
        assertThat(result.counts().commitsBefore()).isEqualTo(2);
        assertThat(result.counts().commitsAfter()).isEqualTo(1);
    }

    @Test
    void theCommitThatStartsOneByteBeforeTheStopIsExpected() {
        state.remove(third);
        LedgerResult result = scene.check(scene.commitOf(third).plus(1), state);

        accuses(result, Anomaly.LOST_SUFFIX, 1);
    }

    @Test
    void aLostSuffixNamesItsFirstCommit() {
        state.remove(second);
        state.remove(third);
        LedgerResult result = scene.check(stop, state);

        Finding finding = accuses(result, Anomaly.LOST_SUFFIX, 2);
        assertThat(finding.what())
                .isEqualTo("the end of the history is lost: writer 1 operation 0 (xid 1001, TRANSFER, committed at "
                        + scene.commitOf(second) + ") is not there, and 1 more");
        assertThat(finding.evidence()).hasSize(2);
        assertThat(result.lostSuffix()).isEqualTo(new Missing(2, scene.commitOf(second), scene.commitOf(third)));
        assertThat(result.holes()).isNull();
        assertThat(result.counts().present()).isEqualTo(1);
    }

    @Test
    void aHoleIsNotASuffix() {
        state.remove(second);
        LedgerResult result = scene.check(stop, state);

        accuses(result, Anomaly.HOLE, 1);
        assertThat(result.holes()).isEqualTo(new Missing(1, scene.commitOf(second), scene.commitOf(second)));
        assertThat(result.lostSuffix()).isNull();
    }

    @Test
    void aHoleAndALostSuffixAreToldApart() {
        state.remove(first);
        state.remove(third);
        LedgerResult result = scene.check(stop, state);

        assertThat(result.findings()).extracting(Finding::anomaly).containsExactly(Anomaly.LOST_SUFFIX, Anomaly.HOLE);
        assertThat(result.lostSuffix()).isEqualTo(new Missing(1, scene.commitOf(third), scene.commitOf(third)));
        assertThat(result.holes()).isEqualTo(new Missing(1, scene.commitOf(first), scene.commitOf(first)));
    }

    @Test
    void aTwinAloneStillShowsThatWhatWasBeforeItIsAHole() {
        state.remove(second);
        state.ledger.remove(third.row());
        LedgerResult result = scene.check(stop, state);

        assertThat(result.findings())
                .extracting(Finding::anomaly)
                .containsExactly(Anomaly.HOLE, Anomaly.TORN_TRANSACTION);
    }

    @Test
    void aRowWithoutItsTwinAlsoShowsThatWhatWasBeforeItIsAHole() {
        state.remove(second);
        state.removeTwin(third);
        LedgerResult result = scene.check(stop, state);

        assertThat(result.findings())
                .extracting(Finding::anomaly)
                .containsExactly(Anomaly.HOLE, Anomaly.TORN_TRANSACTION);
    }

    @Test
    void evidenceIsInTheOrderOfTheLogWhateverTheOrderOfTheRows() {
        Op earlier = scene.committed(0);
        Op later = scene.committed(1);
        state.add(later);
        state.add(earlier);
        LedgerResult result = scene.check(stop, state);

        List<String> evidence = accuses(result, Anomaly.GHOST, 2).evidence();
        assertThat(evidence.getFirst()).startsWith("writer 0 operation 2 ");
        assertThat(evidence.getLast()).startsWith("writer 1 operation 1 ");
        assertThat(result.counts().present()).isEqualTo(3);
    }

    @Test
    void theVeryFirstRecordOfTheLogCountsLikeAnyOther() {
        Finding ghost = accuses(scene.check(Lsn.ZERO, state), Anomaly.GHOST, 3);
        assertThat(ghost.what()).contains("commits only after the stop");

        scene.told(first, Outcome.FAILED);
        accuses(scene.check(stop, state), Anomaly.HISTORY_CONTRADICTS_LOG, 1);
    }

    @Test
    void onlyCommitsAreCountedAsCommits() {
        scene.aborted(0);
        Lsn later = scene.here();
        scene.aborted(1);
        scene.committed(1);
        LedgerCounts counts = scene.check(later, state).counts();

        assertThat(counts.commitsBefore()).isEqualTo(3);
        assertThat(counts.commitsAfter()).isEqualTo(1);
    }

    @Test
    void aRolledBackRowThatIsThereDoesNotMakeALostSuffixAHole() {
        Op aborted = scene.aborted(1);
        state.remove(third);
        state.add(aborted);
        LedgerResult result = scene.check(scene.here(), state);

        assertThat(result.findings())
                .extracting(Finding::anomaly)
                .containsExactly(Anomaly.LOST_SUFFIX, Anomaly.RESURRECTED_ABORT);
    }

    @Test
    void aCommitAfterTheStopIsAGhost() {
        Op later = scene.committed(1);
        state.add(later);

        Finding finding = accuses(scene.check(stop, state), Anomaly.GHOST, 1);
        assertThat(finding.what()).contains("writer 1 operation 1 ", "commits only after the stop");
    }

    @Test
    void anAcknowledgedOperationThatTheLogNeverEndsIsAGhostIfItIsThere() {
        Op lost = scene.begin(1, OperationKind.TRANSFER);
        scene.told(lost, Outcome.OK);
        state.add(lost);
        LedgerResult result = scene.check(stop, state);

        assertThat(accuses(result, Anomaly.GHOST, 1).what()).contains("not ended in the log", "no commit in the log");
        assertThat(result.counts().neverArchived()).isEqualTo(1);
    }

    @Test
    void anUnknownOutcomeWithoutACommitIsAGhostIfItIsThere() {
        Op unknown = scene.begin(1, OperationKind.TRANSFER);
        state.add(unknown);

        accuses(scene.check(stop, state), Anomaly.GHOST, 1);
    }

    @Test
    void anUnknownOutcomeIsSettledByTheLog() {
        Op committed = scene.begin(0, OperationKind.TRANSFER);
        scene.log(committed, Kind.COMMIT, 0);
        Op aborted = scene.begin(1, OperationKind.TRANSFER);
        scene.log(aborted, Kind.ABORT, 0);
        scene.begin(1, OperationKind.TRANSFER);
        LedgerResult result = scene.check(scene.here(), scene.restored(scene.here()));

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().unknownPresent()).isEqualTo(1);
        assertThat(result.counts().unknownAbsent()).isEqualTo(2);
    }

    @Test
    void aRolledBackRowIsResurrected() {
        Op aborted = scene.aborted(1);
        state.add(aborted);

        Finding finding = accuses(scene.check(scene.here(), state), Anomaly.RESURRECTED_ABORT, 1);
        assertThat(finding.what()).contains("writer 1 operation 1 ", "aborted at ", "was rolled back");
    }

    @Test
    void preparedAndNotYetEndedIsAbsent() {
        Op prepared = scene.begin(1, OperationKind.TWO_PHASE);
        scene.log(prepared, Kind.PREPARE, 0);
        Lsn between = scene.here();
        scene.log(prepared, Kind.COMMIT_PREPARED, 0);
        scene.told(prepared, Outcome.OK);

        assertThat(scene.check(between, state).findings()).isEmpty();
        state.add(prepared);
        accuses(scene.check(between, state), Anomaly.GHOST, 1);
        assertThat(scene.check(scene.here(), state).findings()).isEmpty();
    }

    @Test
    void preparedAndRolledBackIsResurrected() {
        Op prepared = scene.begin(1, OperationKind.TWO_PHASE_ABORT);
        scene.log(prepared, Kind.PREPARE, 0);
        scene.log(prepared, Kind.ABORT_PREPARED, 0);
        scene.told(prepared, Outcome.FAILED);
        assertThat(scene.check(scene.here(), state).findings()).isEmpty();

        state.add(prepared);
        accuses(scene.check(scene.here(), state), Anomaly.RESURRECTED_ABORT, 1);
    }

    @Test
    void aRowOfALeftBranchIsFoundThoughItsNumberCommitsOnThePath() {
        Scene.Mark mark = scene.mark();
        Op stray = scene.committed(1);
        scene.forkAt(mark);
        Op same = scene.committed(0);
        assertThat(same.xid()).isEqualTo(stray.xid());
        RestoredState restored = scene.restored(scene.here());
        LedgerResult right = scene.check(scene.here(), restored);
        assertThat(right.findings()).isEmpty();
        assertThat(right.counts().leftBehind()).isEqualTo(1);
        assertThat(right.counts().neverArchived()).isZero();

        restored.add(stray);
        Finding finding = accuses(scene.check(scene.here(), restored), Anomaly.WRONG_BRANCH, 1);
        assertThat(finding.what()).contains("was written on timeline 1 at ", "not ended in the log");
    }

    @Test
    void openAtTheForkAndCommittedOnTheOtherBranchIsLeftBehind() {
        Op open = scene.begin(1, OperationKind.LONG);
        Scene.Mark mark = scene.mark();
        scene.log(open, Kind.COMMIT, 0);
        scene.told(open, Outcome.OK);
        scene.forkAt(mark);
        scene.committed(0);
        LedgerResult result = scene.check(scene.here(), scene.restored(scene.here()));

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().leftBehind()).isEqualTo(1);
        assertThat(result.counts().neverArchived()).isZero();
    }

    @Test
    void whatATakeoverLostIsCountedAndItsFirstIsNamed() {
        Scene.Mark mark = scene.mark();
        Op earlier = scene.committed(1);
        scene.committed(0);
        scene.forkAt(mark);
        scene.committed(0);
        LedgerResult result = scene.check(scene.here(), scene.restored(scene.here()));

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().leftBehind()).isEqualTo(2);
        assertThat(result.observations())
                .singleElement()
                .asString()
                .startsWith(
                        "2 acknowledged operations are on no timeline that was restored; the first is writer 1 operation "
                                + earlier.sequence() + " ")
                .contains("written on timeline 1 at ");
    }

    @Test
    void anAcknowledgedEndThatTheNextServerDoesNotKnowIsCountedAsLost() {
        Op prepared = scene.begin(1, OperationKind.TWO_PHASE);
        scene.log(prepared, Kind.PREPARE, 0);
        Scene.Mark mark = scene.mark();
        scene.log(prepared, Kind.COMMIT_PREPARED, 0);
        scene.forkAt(mark);
        scene.log(prepared, Kind.ABORT_PREPARED, 0);
        scene.told(prepared, Outcome.LOST);
        RestoredState restored = scene.restored(scene.here());
        LedgerResult result = scene.check(scene.here(), restored);
        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().leftBehind()).isEqualTo(1);

        restored.add(prepared);
        accuses(scene.check(scene.here(), restored), Anomaly.GHOST, 1);
    }

    @Test
    void noTakeoverExplainsThatTheLogLacksACommitWhoseWriterHadGoneOnBeforeTheFork() {
        Op over = scene.begin(1, OperationKind.TRANSFER);
        scene.told(over, Outcome.OK);
        scene.committed(1);
        Scene.Mark mark = scene.mark();
        scene.forkAt(mark);
        scene.committed(0);
        Finding finding =
                accuses(scene.check(scene.here(), scene.restored(scene.here())), Anomaly.HISTORY_CONTRADICTS_LOG, 1);

        assertThat(finding.what()).contains("not ended in the log", "was told OK");
    }

    @Test
    void ofWhatWasLeftBehindTheOneThatWasWrittenFirstIsNamed() {
        Scene.Mark mark = scene.mark();
        Op earliest = scene.committed(1);
        scene.committed(0);
        scene.committed(1);
        scene.forkAt(mark);
        scene.committed(0);
        LedgerResult result = scene.check(scene.here(), scene.restored(scene.here()));

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().leftBehind()).isEqualTo(3);
        assertThat(result.observations())
                .singleElement()
                .asString()
                .contains("the first is writer 1 operation " + earliest.sequence() + " ");
    }

    @Test
    void aPreparedTransactionMayEndAfterTheForkThoughItsWriterHadGoneOn() {
        Op prepared = scene.begin(1, OperationKind.TWO_PHASE);
        scene.log(prepared, Kind.PREPARE, 0);
        scene.committed(1);
        Scene.Mark mark = scene.mark();
        scene.log(prepared, Kind.COMMIT_PREPARED, 0);
        scene.told(prepared, Outcome.OK);
        scene.forkAt(mark);
        scene.committed(0);
        LedgerResult result = scene.check(scene.here(), scene.restored(scene.here()));

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().leftBehind()).isEqualTo(1);
    }

    @Test
    void anOperationThatNeverSaidWhereItWroteShowsNothingOfTheOneBefore() {
        Scene.Mark mark = scene.mark();
        scene.committed(1);
        scene.history.begin(1, OperationKind.TRANSFER, 999_999, 1, Lsn.ZERO, 0, 0);
        scene.forkAt(mark);
        scene.committed(0);
        LedgerResult result = scene.check(scene.here(), scene.restored(scene.here()));

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().leftBehind()).isEqualTo(1);
    }

    @Test
    void whatTheEndOfTheArchiveLacksIsNeverHeldAgainstTheLog() {
        scene.told(scene.begin(1, OperationKind.TRANSFER), Outcome.OK);
        scene.told(scene.begin(1, OperationKind.TRANSFER), Outcome.OK);
        LedgerResult result = scene.check(stop, state);

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().neverArchived()).isEqualTo(2);
    }

    @Test
    void acknowledgedAndNeverArchivedIsMeasuredNotAccused() {
        Op lost = scene.begin(1, OperationKind.TRANSFER);
        scene.told(lost, Outcome.OK);
        LedgerResult result = scene.check(stop, state);

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().neverArchived()).isEqualTo(1);
        assertThat(result.measurements()).contains(new Measurement("acknowledged, never archived", 1, "operations"));
    }

    @Test
    void aRolledBackOperationThatTheLogDoesNotMentionIsNoLoss() {
        Op aborted = scene.begin(1, OperationKind.ABORT);
        scene.told(aborted, Outcome.FAILED);
        LedgerResult result = scene.check(stop, state);

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().neverArchived() + result.counts().leftBehind())
                .isZero();
    }

    @Test
    void aRowOfAnotherRunComesFromAnotherCluster() {
        UUID run = new UUID(9, 9);
        state.ledger.add(Rows.ofRun(first.row(), run));
        state.twins.add(new TwinRow(run, 0, 0, first.row().hash()));

        Finding finding = accuses(scene.check(stop, state), Anomaly.WRONG_CLUSTER, 2);
        assertThat(finding.evidence())
                .containsExactlyInAnyOrder(
                        "writer 0 operation 0 (xid 1000, TRANSFER, committed at " + scene.commitOf(first)
                                + ") belongs to run " + run,
                        "the twin of writer 0 operation 0 belongs to run " + run);
    }

    @Test
    void aRowWhoseRunWasOverwrittenIsAlteredToo() {
        LedgerRow row = first.row();
        state.ledger.add(new LedgerRow(
                new UUID(9, 9),
                row.writer(),
                row.sequence(),
                row.kind(),
                row.debit(),
                row.credit(),
                row.amount(),
                row.payload(),
                row.previous(),
                row.hash(),
                row.xid(),
                row.timeline()));

        assertThat(scene.check(stop, state).findings())
                .extracting(Finding::anomaly)
                .containsExactly(Anomaly.ALTERED, Anomaly.WRONG_CLUSTER);
    }

    @Test
    void aRowThatNobodyBeganIsAGhost() {
        state.ledger.add(Rows.ofSequence(first.row(), 2));
        state.ledger.add(Rows.ofSequence(first.row(), -1));
        state.ledger.add(Rows.ofWriter(first.row(), 2));
        state.ledger.add(Rows.ofWriter(first.row(), -1));
        state.twins.add(new TwinRow(Scene.RUN, 1, 1, first.row().hash()));

        Finding finding = accuses(scene.check(stop, state), Anomaly.GHOST, 5);
        assertThat(finding.evidence())
                .contains(
                        "writer 0 operation 2 was never begun by its writer",
                        "writer 2 operation 0 was never begun by its writer",
                        "the twin of writer 1 operation 1 was never begun by its writer");
    }

    @Test
    void anAlteredRowIsFoundWhereverItWasChanged() {
        LedgerRow row = second.row();
        assertAltered(Rows.withPayload(row, Rows.flipped(row.payload(), 3)), "does not have the hash of its content");
        assertAltered(Rows.withAmount(row, row.amount() + 1), "does not have the hash of its content");
        assertAltered(Rows.withHash(row, Rows.flipped(row.hash(), 31)), "does not have the hash of its content");
        assertAltered(Rows.withHash(row, Rows.flipped(row.hash(), 0)), "does not have the hash of its content");
        assertAltered(Rows.withHash(row, new byte[0]), "does not have the hash of its content");
        assertAltered(Rows.withHash(row, Arrays.copyOf(row.hash(), 33)), "does not have the hash of its content");
        assertAltered(Rows.withPrevious(row, new byte[7]), "does not have the hash of its content");
        assertAltered(Rows.withPrevious(row, new byte[33]), "does not have the hash of its content");
        assertAltered(Rows.withAmountRehashed(row, row.amount() + 1), "has another hash than was written");
        assertAltered(Rows.withXid(row, 5), "has xid 5 instead of 1001");
        assertAltered(Rows.withTimeline(row, 2), "has timeline 2 instead of 1");
    }

    private void assertAltered(LedgerRow altered, String how) {
        RestoredState spoiled = scene.restored(stop);
        spoiled.replace(second, _ -> altered);
        LedgerResult result = scene.check(stop, spoiled);

        assertThat(accuses(result, Anomaly.ALTERED, 1).what())
                .contains("writer 1 operation 0 (xid 1001, TRANSFER, committed at ")
                .endsWith(") " + how);
        assertThat(result.observations()).singleElement().asString().startsWith("balances were not judged");
    }

    @Test
    void aRowThatIsChainedToAnotherThanTheHistorySaysIsAltered() {
        // the row is whole and its hash is what the history has: only the chain differs
        Op op = scene.begin(0, OperationKind.TRANSFER);
        LedgerRow row = op.row();
        scene.told(op, Outcome.OK);
        org.pgrehearsal.ledger.History other = new org.pgrehearsal.ledger.History(Scene.RUN, 1);
        other.begin(0, row.kind(), row.xid(), 1, scene.here(), 1, 0);
        LedgerRow stray = Rows.withPrevious(row, row.previous());
        other.begin(
                0,
                row.kind(),
                row.xid(),
                1,
                scene.here(),
                LedgerRow.shortHash(Rows.ofSequence(stray, 1).hash()),
                99);
        LedgerCheck check = new LedgerCheck(other, scene.commits(), stop, Accounts.NONE);
        check.ledgerRow(Rows.ofSequence(stray, 1));

        assertThat(check.finish().findings())
                .filteredOn(finding -> finding.anomaly() == Anomaly.ALTERED)
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .endsWith("is chained to another operation");
    }

    @Test
    void aRowThatCannotBeReadIsAltered() {
        LedgerCheck check = new LedgerCheck(scene.history, scene.commits(), stop, Scene.ACCOUNTS);
        check.unreadableRow("kind 77");
        state.balances[0]++;
        LedgerResult result = state.feed(check);

        assertThat(accuses(result, Anomaly.ALTERED, 1).what()).isEqualTo("a row is not what was written: kind 77");
    }

    @Test
    void aRowWithoutItsTwinIsTorn() {
        state.removeTwin(second);

        assertThat(accuses(scene.check(stop, state), Anomaly.TORN_TRANSACTION, 1)
                        .what())
                .contains("writer 1 operation 0 ")
                .endsWith("is there without its twin");
    }

    @Test
    void aTwinWithoutItsRowIsTornAndNotAlsoLost() {
        LedgerCheck check = new LedgerCheck(scene.history, scene.commits(), stop, Accounts.NONE);
        check.ledgerRow(first.row());
        check.ledgerRow(second.row());
        scene.expected(stop).forEach(op -> check.twinRow(op.twin()));
        LedgerResult result = check.finish();

        assertThat(accuses(result, Anomaly.TORN_TRANSACTION, 1).what())
                .contains("writer 0 operation 1 ")
                .endsWith("is not there, but its twin is");
        assertThat(result.lostSuffix()).isNull();
        assertThat(result.counts().present()).isEqualTo(2);
    }

    @Test
    void aTwinWithAnotherHashIsTornWhicheverIsReadFirst() {
        byte[] hash = second.row().hash();
        for (byte[] other : List.of(
                Rows.flipped(hash, 0),
                Rows.flipped(hash, 8),
                Rows.flipped(hash, 31),
                Arrays.copyOf(hash, 31),
                Arrays.copyOf(hash, 33),
                new byte[0])) {
            TwinRow twin = new TwinRow(Scene.RUN, 1, 0, other);
            LedgerCheck rowFirst =
                    new LedgerCheck(scene.history, scene.commits(), scene.commitOf(third), Accounts.NONE);
            rowFirst.ledgerRow(second.row());
            rowFirst.twinRow(twin);
            rowFirst.ledgerRow(first.row());
            rowFirst.twinRow(first.twin());
            LedgerCheck twinFirst =
                    new LedgerCheck(scene.history, scene.commits(), scene.commitOf(third), Accounts.NONE);
            twinFirst.twinRow(twin);
            twinFirst.ledgerRow(second.row());
            twinFirst.twinRow(first.twin());
            twinFirst.ledgerRow(first.row());

            assertThat(accuses(rowFirst.finish(), Anomaly.TORN_TRANSACTION, 1).what())
                    .endsWith("has a twin with another hash");
            assertThat(accuses(twinFirst.finish(), Anomaly.TORN_TRANSACTION, 1).what())
                    .endsWith("has a twin with another hash");
        }
    }

    @Test
    void aGhostThatComesAloneIsTornToo() {
        Op later = scene.committed(1);
        state.ledger.add(later.row());

        assertThat(scene.check(stop, state).findings())
                .extracting(Finding::anomaly)
                .containsExactly(Anomaly.GHOST, Anomaly.TORN_TRANSACTION);
    }

    @Test
    void aRowThatIsThereTwiceIsADuplicateAndMovesItsAmountOnce() {
        state.ledger.add(second.row());
        state.twins.add(second.twin());

        Finding finding = accuses(scene.check(stop, state), Anomaly.DUPLICATE, 2);
        assertThat(finding.evidence())
                .anySatisfy(line ->
                        assertThat(line).startsWith("writer 1 operation 0 ").endsWith("is there more than once"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("the twin of writer 1 operation 0 ")
                        .endsWith("is there more than once"));
    }

    @Test
    void aGhostThatIsThereTwiceIsAccusedOnceAsAGhost() {
        Op later = scene.committed(1);
        state.add(later);
        state.ledger.add(later.row());

        assertThat(scene.check(stop, state).findings())
                .extracting(Finding::anomaly, Finding::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Anomaly.GHOST, 1L),
                        org.assertj.core.groups.Tuple.tuple(Anomaly.DUPLICATE, 1L));
    }

    @Test
    void aBalanceThatDoesNotAddUpIsTorn() {
        state.balances[4]++;

        assertThat(accuses(scene.check(stop, state), Anomaly.TORN_TRANSACTION, 1)
                        .what())
                .contains("account 4 holds " + state.balances[4] + ", but the restored rows make it "
                        + (state.balances[4] - 1));
    }

    @Test
    void theAnswerAgainstTheLogIsFoundBothWays() {
        scene.told(second, Outcome.FAILED);
        Op aborted = scene.begin(1, OperationKind.TRANSFER);
        scene.log(aborted, Kind.ABORT, 0);
        scene.told(aborted, Outcome.OK);

        Finding finding = accuses(scene.check(stop, state), Anomaly.HISTORY_CONTRADICTS_LOG, 2);
        assertThat(finding.evidence().getFirst())
                .contains("writer 1 operation 0 ")
                .endsWith("was told FAILED");
        assertThat(finding.evidence().getLast())
                .contains("writer 1 operation 1 ")
                .endsWith("was told OK");
    }

    @Test
    void aClockThatWentBackIsToldAndNotAccused() {
        Op equal = scene.begin(0, OperationKind.TRANSFER);
        TransactionRecord asked = scene.log(equal, Kind.COMMIT, 0);
        Op inverted = scene.begin(1, OperationKind.TRANSFER);
        scene.log(inverted, Kind.COMMIT, -60);
        scene.committed(0);
        LedgerResult result =
                state.feed(new LedgerCheck(scene.history, scene.commits(), stop, Scene.ACCOUNTS, asked.at()));

        assertThat(result.findings()).isEmpty();
        assertThat(result.counts().clockInverted()).isEqualTo(2);
        assertThat(result.counts().commitsAfter()).isEqualTo(3);
        assertThat(result.observations())
                .singleElement()
                .asString()
                .startsWith("clock-inverted: the commit at " + asked.start() + " carries " + asked.at());
    }

    @Test
    void withoutATimeNothingIsClockInverted() {
        scene.committed(0);
        assertThat(scene.check(stop, state).counts().clockInverted()).isZero();
    }

    @Test
    void whatCountedNothingSaysSo() {
        LedgerResult nothingRead = new LedgerCheck(scene.history, scene.commits(), stop, Scene.ACCOUNTS).finish();
        assertThat(nothingRead.counted()).isFalse();
        assertThat(nothingRead.notCounted())
                .containsExactly("no ledger row was read", "no twin row was read", "no account was read");

        LedgerResult nothingExpected =
                new LedgerCheck(scene.history, scene.commits(), Lsn.ZERO, Accounts.NONE).finish();
        assertThat(nothingExpected.findings()).isEmpty();
        assertThat(nothingExpected.notCounted()).contains("no operation was expected before the stop");
        assertThat(nothingExpected.notCounted()).doesNotContain("no account was read");
    }

    @Test
    void theExpectationCanBeAsked() {
        Expectation expectation =
                new LedgerCheck(scene.history, scene.commits(), scene.commitOf(third), Accounts.NONE).expectation();

        assertThat(expectation.expects(0, 0)).isTrue();
        assertThat(expectation.expects(0, 1)).isFalse();
        assertThat(expectation.expects(0, 2)).isFalse();
        assertThat(expectation.expects(5, 0)).isFalse();
        assertThat(expectation.size()).isEqualTo(2);
    }

    @Test
    void aTransactionThatTheLogAbortsIsNotExpected() {
        Op aborted = scene.begin(1, OperationKind.TRANSFER);
        scene.log(aborted, Kind.ABORT, 0);
        CommitOrder commits = scene.commits();

        assertThat(new Expectation(scene.history, commits, scene.here()).expects(1, 1))
                .isFalse();
    }

    private static Finding accuses(LedgerResult result, Anomaly anomaly, long count) {
        assertThat(result.findings()).extracting(Finding::anomaly).containsExactly(anomaly);
        assertThat(result.findings().getFirst().count()).isEqualTo(count);
        return result.findings().getFirst();
    }
}
