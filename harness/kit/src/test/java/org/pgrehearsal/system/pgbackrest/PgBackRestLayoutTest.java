package org.pgrehearsal.system.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgBackRestLayoutTest {
    private static final String SEGMENT =
            "archive/main/15-1/0000000100000000/000000010000000000000003-3f786850e387550fdab836ed7e6dc881de23001b";
    private static final PgBackRestLayout LAYOUT = new PgBackRestLayout();

    @ParameterizedTest
    @CsvSource({
        SEGMENT + ".lz4, 000000010000000000000003",
        SEGMENT + ".gz, 000000010000000000000003",
        SEGMENT + ", 000000010000000000000003",
        "archive/main/15-1/0000000100000000/000000010000000000000003.00000028.backup, 000000010000000000000003.00000028.backup",
        "archive/main/15-1/00000002.history, 00000002.history",
        "archive/a-b.c/9.6-12/0000000A.history, 0000000A.history",
    })
    void knowsTheFilesOfTheLog(String key, String file) {
        assertThat(LAYOUT.walFile(key)).contains(file);
        assertThat(LAYOUT.isBackup(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup/main/20261121-112233F/backup.manifest",
                "backup/main/20261121-112233F/pg_data/base/1/1259.gz",
                "backup/main/20261121-112233F_20261121-112300I/bundle/1",
                "backup/main/20261121-112233F_20261121-112300D/pg_data/PG_VERSION",
            })
    void knowsThePartsOfABackup(String key) {
        assertThat(LAYOUT.isBackup(key)).isTrue();
        assertThat(LAYOUT.walFile(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "archive/main/archive.info",
                "archive/main/archive.info.copy",
                "backup/main/backup.info",
                "backup/main/backup.info.copy",
                "backup/main/backup.history/2026/20261121-112233F.manifest.gz",
                "archive/main/15-1/0000000100000000/000000010000000000000003.partial-3f786850e387550fdab836ed7e6dc881de23001b.gz",
            })
    void anIndexAndAnUnfinishedSegmentAreNeither(String key) {
        assertThat(LAYOUT.walFile(key)).isEmpty();
        assertThat(LAYOUT.isBackup(key)).isFalse();
    }

    @Test
    void contentIsAsTheEndOfTheKeySays() throws IOException {
        byte[] content = {1, 2, 3};
        byte[] stored = LAYOUT.encode(SEGMENT + ".gz", content);

        assertThat(stored).isNotEqualTo(content);
        assertThat(LAYOUT.decode(SEGMENT + ".gz", stored)).isEqualTo(content);
        assertThat(LAYOUT.encode("archive/main/15-1/00000002.history", content)).isEqualTo(content);
        assertThatThrownBy(() -> LAYOUT.decode(SEGMENT + ".lz4", stored)).isInstanceOf(IOException.class);
    }
}
