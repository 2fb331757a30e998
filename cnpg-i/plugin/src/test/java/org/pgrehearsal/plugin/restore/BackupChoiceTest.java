package org.pgrehearsal.plugin.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;

class BackupChoiceTest {
    private static final RepositoryInfo INFO = new RepositoryInfo(
            List.of(),
            List.of(),
            List.of(),
            List.of(
                    backup("first", "2026-11-21T10:00:00Z", "0/5000100", 1, false),
                    backup("second", "2026-11-21T11:00:00Z", "0/90000A0", 1, false),
                    backup("forked", "2026-11-21T12:00:00Z", "1/20000A0", 2, false),
                    backup("spoiled", "2026-11-21T13:00:00Z", "1/30000A0", 2, true)));

    private static RepositoryInfo.Backup backup(String label, String stop, String lsn, int timeline, boolean error) {
        Instant end = Instant.parse(stop);
        return new RepositoryInfo.Backup(
                1,
                1,
                label,
                "full",
                "",
                error,
                end.minusSeconds(60),
                end,
                "0/1000028",
                lsn,
                String.format("%08X0000000000000001", timeline),
                String.format("%08X0000000000000002", timeline),
                1,
                1,
                Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "targetImmediate, true, forked",
        "targetTime, 2026-11-21T11:30:00Z, second",
        "targetTime, 2026-11-21 11:30:00, second",
        "targetTime, 2026-11-21 11:30:00.123456+00, second",
        "targetTime, 2026-11-21T12:30:00+02:00, first",
        "targetTime, 2026-11-21T11:00:00Z, first",
        "targetLSN, 0/90000A0, second",
        "targetLSN, 0/900009F, first",
        "targetLSN, 1/0, second",
        "targetTLI, 1, second",
        "targetTLI, latest, forked",
        "backupID, first, first"
    })
    void theLatestThatEndedBefore(String field, String value, String expected) {
        assertThat(BackupChoice.choose(INFO, Map.of(field, value), "demo").label())
                .isEqualTo(expected);
    }

    @Test
    void noneIsRefusedWithWhatThereIs() {
        assertThatThrownBy(() -> BackupChoice.choose(INFO, Map.of("targetLSN", "0/10"), "demo"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("stanza demo holds no backup that ended before 0/10")
                .hasMessageContaining("from first to spoiled");
    }
}
