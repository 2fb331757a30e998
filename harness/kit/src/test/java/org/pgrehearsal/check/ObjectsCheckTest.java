package org.pgrehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.check.Scene.Op;
import org.pgrehearsal.ledger.OperationKind;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.wal.Lsn;

class ObjectsCheckTest {
    private static final ExpectedObjects EXPECTED =
            new ExpectedObjects(Set.of("dr_ddl_0_1", "dr_ddl_0_2"), Set.of("aa"), 40);

    private static RestoredObjects restored(long last, long rolledBack, long unlogged, boolean mustBeEmpty) {
        return new RestoredObjects(EXPECTED.tables(), EXPECTED.largeObjects(), last, rolledBack, unlogged, mustBeEmpty);
    }

    @Test
    void whatTheCommitsMadeIsProved() {
        ObjectsResult result = ObjectsCheck.compare(EXPECTED, restored(40, 0, 0, true));

        assertThat(result.findings()).isEmpty();
        assertThat(result.counted()).isTrue();
        assertThat(result.observations()).isEmpty();
        assertThat(result.measurements())
                .containsExactly(
                        new Measurement("tables expected", 2, "tables"),
                        new Measurement("large objects expected", 1, "objects"));
    }

    @Test
    void missingAndExtraObjectsAreFound() {
        RestoredObjects restored =
                new RestoredObjects(Set.of("dr_ddl_0_1", "dr_ddl_0_3"), Set.of("bb"), 72, 0, 0, true);

        assertThat(ObjectsCheck.compare(EXPECTED, restored).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.anomaly()).isEqualTo(Anomaly.OBJECTS_DIFFER);
                    assertThat(finding.evidence())
                            .containsExactly(
                                    "table dr_ddl_0_2 is not there",
                                    "table dr_ddl_0_3 must not be there",
                                    "large object aa is not there",
                                    "large object bb must not be there");
                });
    }

    @Test
    void aSequenceMayBeAheadNeverBehind() {
        assertThat(ObjectsCheck.compare(EXPECTED, restored(72, 0, 0, true)).findings())
                .isEmpty();
        assertThat(ObjectsCheck.compare(EXPECTED, restored(39, 0, 0, true)).findings())
                .extracting(Finding::evidence)
                .containsExactly(java.util.List.of("the sequence is at 39, but 40 was already taken"));
    }

    @Test
    void rowsOfARolledBackSavepointAreFound() {
        assertThat(ObjectsCheck.compare(EXPECTED, restored(40, 1, 0, true)).findings())
                .singleElement()
                .asString()
                .endsWith("1 rows are there that were rolled back to a savepoint");
    }

    @Test
    void anUnloggedTableIsEmptyAfterRecovery() {
        assertThat(ObjectsCheck.compare(EXPECTED, restored(40, 0, 3, false)).findings())
                .isEmpty();
        assertThat(ObjectsCheck.compare(EXPECTED, restored(40, 0, 3, true)).findings())
                .singleElement()
                .asString()
                .endsWith("the unlogged table has 3 rows after recovery");
    }

    @Test
    void whatExpectedNothingProvesNothing() {
        RestoredObjects nothing = new RestoredObjects(Set.of(), Set.of(), 0, 0, 0, true);
        ObjectsResult result = ObjectsCheck.compare(new ExpectedObjects(Set.of(), Set.of(), 0), nothing);

        assertThat(result.findings()).isEmpty();
        assertThat(result.notCounted()).hasSize(1);
        assertThat(ObjectsCheck.compare(new ExpectedObjects(Set.of("t"), Set.of("l"), 0), nothing)
                        .counted())
                .isTrue();
        assertThat(ObjectsCheck.compare(new ExpectedObjects(Set.of("t"), Set.of(), 1), nothing)
                        .counted())
                .isTrue();
        assertThat(ObjectsCheck.compare(new ExpectedObjects(Set.of(), Set.of(), 1), restored(1, 0, 0, true))
                        .counted())
                .isTrue();
    }

    @Test
    void theExpectedObjectsAreThoseOfTheExpectedOperations() {
        Scene scene = new Scene(2, 5);
        scene.committed(0, OperationKind.DDL);
        Op large = scene.committed(0, OperationKind.LARGE_OBJECT);
        Op transfer = scene.committed(0, OperationKind.TRANSFER);
        Op number = scene.committed(1, OperationKind.SEQUENCE);
        Lsn stop = scene.here();
        scene.committed(1, OperationKind.DDL);
        Op late = scene.committed(1, OperationKind.LARGE_OBJECT);
        ExpectedObjects.Collector collector =
                new ExpectedObjects.Collector(new Expectation(scene.history, scene.commits(), stop));
        collector.row(large.row());
        collector.row(late.row());
        collector.row(transfer.row());
        collector.number(number.writer(), number.sequence(), 12);
        collector.number(late.writer(), late.sequence(), 99);

        assertThat(collector.collected())
                .isEqualTo(new ExpectedObjects(
                        Set.of("dr_ddl_0_0"),
                        Set.of(ExpectedObjects.digest(large.row().payload())),
                        12));
    }

    @Test
    void aDigestIsSha256InHexadecimal() {
        assertThat(ExpectedObjects.digest(new byte[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
