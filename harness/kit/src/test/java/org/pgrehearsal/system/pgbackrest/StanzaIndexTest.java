package org.pgrehearsal.system.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

class StanzaIndexTest {
    /** As pgBackRest 2.55 writes it, shortened. */
    private static final String TEXT = """
            [backrest]
            backrest-format=5
            backrest-version="2.55.1"

            [backup:current]
            20261121-230011F={"backrest-format":5,"backup-archive-start":"000000010000000000000006","backup-archive-stop":"000000010000000000000007","backup-lsn-start":"0/6000028","backup-lsn-stop":"0/7000158","backup-type":"full"}
            20261121-230011F_20261121-230041I={"backrest-format":5,"backup-archive-start":"00000002000000000000000A","backup-archive-stop":"00000002000000000000000A","backup-lsn-start":"0/A000028","backup-lsn-stop":"0/A000120","backup-type":"incr"}

            [db]
            db-id=1
            """;

    @Test
    void aBackupIsDescribed() {
        StanzaIndex index = StanzaIndex.parse(TEXT);

        assertThat(index.entries()).hasSize(2);
        assertThat(index.entry("20261121-230011F_20261121-230041I"))
                .isEqualTo(new StanzaIndex.Entry(
                        "20261121-230011F_20261121-230041I",
                        BackupKind.INCREMENTAL,
                        new TimelineId(2),
                        Lsn.parse("0/A000028"),
                        Lsn.parse("0/A000120")));
    }

    @Test
    void oneThatIsNotListedIsNamed() {
        assertThatThrownBy(() -> StanzaIndex.parse(TEXT).entry("20261121-230099F"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("20261121-230099F")
                .hasMessageContaining("20261121-230011F");
    }

    @Test
    void whatDescribesNoBackupIsRefused() {
        assertThatThrownBy(() -> StanzaIndex.parse("[backup:current]\nx={\"backup-type\":\"full\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the backup x");
    }
}
