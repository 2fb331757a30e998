package org.pgrehearsal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlFileTest {
    private static final String TEXT = """
            pg_control version number:            1300
            max_connections setting:              123
            max_worker_processes setting:         8
            max_wal_senders setting:              10
            max_prepared_xacts setting:           7
            max_locks_per_xact setting:           64
            track_commit_timestamp setting:       off
            Data page checksum version:           1
            """;

    @Test
    void settingsHavePostgresqlsOwnNames() {
        assertThat(ControlFile.parse(TEXT).settings())
                .containsOnly(
                        Map.entry("max_connections", 123),
                        Map.entry("max_worker_processes", 8),
                        Map.entry("max_wal_senders", 10),
                        Map.entry("max_prepared_transactions", 7),
                        Map.entry("max_locks_per_transaction", 64));
    }

    @Test
    void aChangeInTheLogHasTheSameNames() {
        assertThat(ControlFile.changed("max_connections=300 max_prepared_xacts=9 wal_level=replica"))
                .containsOnly(Map.entry("max_connections", 300), Map.entry("max_prepared_transactions", 9));
    }

    @Test
    void checksumsAreOnUnlessTheirVersionIsNought() {
        assertThat(ControlFile.parse(TEXT).checksums()).isTrue();
        assertThat(ControlFile.parse(TEXT.replace("version:           1", "version:           0"))
                        .checksums())
                .isFalse();
    }

    @Test
    void onlyHowToRecoverIsKeptOfTheSourcesSettings() {
        assertThat(SourceFiles.recoveryOnly(List.of(
                        "ssl = 'on'",
                        "# restore_command = 'old'",
                        "restore_command = 'get %f %p'",
                        "recovery_end_command = 'rm -r /'",
                        "recovery_target_lsn='0/1'")))
                .isEqualTo("restore_command = 'get %f %p'\nrecovery_target_lsn='0/1'\n");
    }

    @Test
    void theLastListOfLibrariesCounts() {
        assertThat(SourceFiles.preloaded(List.of(
                        "shared_preload_libraries = 'old'",
                        "#shared_preload_libraries = 'comment'",
                        "shared_preload_libraries = 'pg_stat_statements, \"$libdir/x\"'\t# (change requires restart)")))
                .containsExactly("pg_stat_statements", "x");
    }
}
