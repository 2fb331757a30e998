package org.pgrehearsal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.wal.Lsn;

class HistoryTest {
    private static final OperationKind[] KINDS = OperationKind.values();
    private final History history = new History(new UUID(1, 2), 2);

    @Test
    void everyOperationIsKeptApart() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(history.begin(1, KINDS[i % KINDS.length], 100L + i, i, new Lsn(2L * i), 3L * i, 4L * i))
                    .isEqualTo(i);
        }
        history.end(1, 9_999, Outcome.FAILED);
        history.end(1, 4_096, Outcome.OK);

        for (int i = 0; i < 10_000; i++) {
            assertThat(history.kind(1, i)).isEqualTo(KINDS[i % KINDS.length]);
            assertThat(history.xid(1, i)).isEqualTo(100L + i);
            assertThat(history.timeline(1, i)).isEqualTo(i);
            assertThat(history.insertedAt(1, i)).isEqualTo(new Lsn(2L * i));
            assertThat(history.hash(1, i)).isEqualTo(3L * i);
            assertThat(history.previous(1, i)).isEqualTo(4L * i);
        }
        assertThat(history.outcome(1, 9_999)).isEqualTo(Outcome.FAILED);
        assertThat(history.outcome(1, 4_096)).isEqualTo(Outcome.OK);
        assertThat(history.outcome(1, 4_097)).isEqualTo(Outcome.UNKNOWN);
        assertThat(history.operations()).isEqualTo(10_000);
        assertThat(history.operations(0)).isZero();
    }

    @Test
    void whatWasNeverBegunIsNotKnown() {
        history.begin(0, OperationKind.DDL, 1, 1, Lsn.ZERO, 0, 0);

        assertThat(history.knows(0, 0)).isTrue();
        assertThat(history.knows(0, 1)).isFalse();
        assertThat(history.knows(0, 1L << 32)).isFalse();
        assertThat(history.knows(2, 0)).isFalse();
        assertThat(history.knows(-1, 0)).isFalse();
        assertThatThrownBy(() -> history.outcome(0, 1)).hasMessageContaining("writer 0 never began operation 1");
    }
}
