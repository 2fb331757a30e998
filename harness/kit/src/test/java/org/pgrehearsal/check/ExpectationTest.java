package org.pgrehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.check.Scene.Op;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.TransactionRecord;
import org.pgrehearsal.wal.TransactionRecord.Kind;

class ExpectationTest {
    private final Scene scene = new Scene(2, 7);

    @Test
    void theLastCommitIsAnOperationsEvenWhenAnotherSessionCommitsAfterIt() {
        scene.committed(0);
        Op last = scene.committed(1);
        scene.aborted(0);
        commitOfAnotherSession();

        assertThat(expectation().lastCommit()).isEqualTo(scene.commitOf(last));
    }

    @Test
    void theLastCommitMayBeTheFirstRecordOfTheLog() {
        Op only = scene.committed(0);

        assertThat(expectation().lastCommit()).isEqualTo(scene.commitOf(only));
    }

    @Test
    void whereOnlyOtherSessionsCommittedThereIsNoLastCommit() {
        scene.aborted(0);
        commitOfAnotherSession();

        assertThat(expectation().lastCommit()).isNull();
    }

    /** As autovacuum or an operator does it. */
    private void commitOfAnotherSession() {
        scene.records.add(
                new TransactionRecord(TimelineId.FIRST, scene.here(), Kind.COMMIT, 999_999, List.of(), Scene.NOON));
    }

    private Expectation expectation() {
        return new Expectation(scene.history, scene.commits(), scene.here().plus(1));
    }
}
