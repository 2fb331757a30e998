package org.pgrehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pgrehearsal.verdict.Anomaly;

class AccusationsTest {
    private final Accusations accusations = new Accusations();

    @Test
    void theFirstFewAreKeptInOrderAndAllAreCounted() {
        for (long order : new long[] {7, 3, 9, 1, 8, -1, 2, 5}) {
            accusations.add(Anomaly.HOLE, order, () -> "at " + order);
        }

        assertThat(accusations.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.count()).isEqualTo(8);
            assertThat(finding.evidence()).containsExactly("at 1", "at 2", "at 3", "at 5", "at 7");
            assertThat(finding.what()).isEqualTo(Anomaly.HOLE.summary() + ": at 1, and 7 more");
        });
    }

    @Test
    void whatIsNotKeptIsNotDescribed() {
        for (int i = 0; i < 5; i++) {
            accusations.add(Anomaly.GHOST, 1, () -> "kept");
        }
        accusations.add(Anomaly.GHOST, 1, () -> {
            throw new AssertionError("described");
        });

        assertThat(accusations.findings().getFirst().count()).isEqualTo(6);
    }

    @Test
    void oneIsNotFollowedByMore() {
        accusations.add(Anomaly.GHOST, 1, () -> "it");
        assertThat(accusations.findings().getFirst().what()).isEqualTo(Anomaly.GHOST.summary() + ": it");
    }

    @Test
    void noWorkloadHasLessThanNoAccount() {
        assertThatThrownBy(() -> new Accounts(-1, 0)).hasMessageContaining("-1");
    }
}
