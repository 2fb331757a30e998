package org.pgrehearsal.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.wal.TransactionRecord.Kind;

class WalFactsTest {
    private static TransactionRecord at(long second, long start, Kind kind) {
        return new TransactionRecord(
                TimelineId.FIRST, new Lsn(start), kind, start, List.of(), Instant.ofEpochSecond(second));
    }

    private static WalFacts facts(TransactionRecord... records) {
        return new WalFacts(
                TimelineId.FIRST, List.of(records), List.of(), new RecordPositions.Builder().build(), Map.of());
    }

    @Test
    void aCommitThatIsEarlierThanOneBeforeItRanBackwards() {
        assertThat(facts(at(5, 10, Kind.COMMIT), at(4, 20, Kind.COMMIT)).clockRanBackwards())
                .isTrue();
        assertThat(facts(at(5, 10, Kind.ABORT), at(3, 15, Kind.ABORT), at(4, 20, Kind.COMMIT_PREPARED))
                        .clockRanBackwards())
                .isTrue();
    }

    @Test
    void equalTimesAndWhatIsNoCommitDoNotCount() {
        assertThat(facts(at(5, 10, Kind.COMMIT), at(5, 20, Kind.COMMIT)).clockRanBackwards())
                .isFalse();
        assertThat(facts(at(5, 10, Kind.COMMIT), at(4, 20, Kind.ABORT)).clockRanBackwards())
                .isFalse();
        assertThat(facts(at(5, 10, Kind.PREPARE), at(4, 20, Kind.COMMIT)).clockRanBackwards())
                .isFalse();
        assertThat(facts().clockRanBackwards()).isFalse();
    }
}
