package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.OperationKind;
import org.pgrehearsal.wal.Lsn;

class KubernetesLaneTest {
    private final History history = new History(new UUID(1, 2), 2);

    private void begin(int writer, int timeline) {
        history.begin(writer, OperationKind.TRANSFER, 700, timeline, Lsn.ZERO, 0, 0);
    }

    @Test
    void aWriterOnTwoTimelinesLivedThroughATakeover() {
        begin(0, 1);
        begin(1, 1);
        begin(1, 2);

        assertThatCode(() -> KubernetesLane.demandThatWritersLivedThrough(history))
                .doesNotThrowAnyException();
    }

    @Test
    void writersOfOneTimelineEachShowNothing() {
        begin(0, 1);
        begin(0, 1);
        begin(1, 2);
        begin(1, 2);

        assertThatThrownBy(() -> KubernetesLane.demandThatWritersLivedThrough(history))
                .isInstanceOf(Doubt.class)
                .hasMessageContaining("never hit running writers");
    }
}
