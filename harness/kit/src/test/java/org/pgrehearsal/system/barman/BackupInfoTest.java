package org.pgrehearsal.system.barman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

class BackupInfoTest {
    private static final String TEXT = """
            backup_label='START WAL LOCATION: 0/2000028\\nLABEL=x'
            begin_xlog=0/2000028
            end_xlog=0/2000138
            status=DONE
            timeline=3
            """;

    @Test
    void reads_where_a_backup_begins_and_ends() {
        assertThat(BackupInfo.parse("id", TEXT))
                .isEqualTo(new BackupInfo("id", new TimelineId(3), Lsn.parse("0/2000028"), Lsn.parse("0/2000138")));
    }

    @Test
    void a_backup_that_is_not_done_is_none() {
        assertThatThrownBy(() -> BackupInfo.parse("id", TEXT.replace("DONE", "FAILED")))
                .hasMessage("backup.info has status FAILED, not DONE");
        assertThatThrownBy(() -> BackupInfo.parse("id", TEXT.replace("0/2000138", "None")))
                .hasMessage("backup.info has no end_xlog");
    }
}
