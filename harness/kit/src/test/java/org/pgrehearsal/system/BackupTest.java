package org.pgrehearsal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.wal.Lsn;

class BackupTest {
    @Test
    void aSnapshotSeesWhatHadEndedBeforeIt() {
        assertThat(seen("740:745:741,743")).containsExactly(739L, 740L, 742L, 744L);
        assertThat(seen("741:741:")).containsExactly(739L, 740L);
    }

    private static LongStream seen(String visible) {
        Backup.Logical dump = Backup.Logical.of("a", BackupKind.FULL, visible, Lsn.ZERO, Instant.EPOCH, Duration.ZERO);
        return LongStream.rangeClosed(739, 746).filter(dump::sees);
    }
}
