package org.pgrehearsal.system.barman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarmanLayoutTest {
    private static final BarmanLayout LAYOUT = new BarmanLayout();

    @ParameterizedTest
    @CsvSource({
        "main/wals/0000000100000000/000000010000000000000003.gz, 000000010000000000000003",
        "main/wals/0000000100000000/000000010000000000000003, 000000010000000000000003",
        "main/wals/0000000100000000/000000010000000000000003.partial.gz, 000000010000000000000003.partial",
        "main/wals/0000000100000000/000000010000000000000003.00000028.backup.gz, 000000010000000000000003.00000028.backup",
        "main/wals/00000002.history.gz, 00000002.history",
        "main/wals/00000002.history, 00000002.history",
    })
    void knows_the_files_of_the_log(String key, String file) {
        assertThat(LAYOUT.walFile(key)).contains(file);
        assertThat(LAYOUT.isBackup(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main/base/20261121T112233/backup.info", "main/base/20261121T112233/data.tar"})
    void knows_the_parts_of_a_backup(String key) {
        assertThat(LAYOUT.isBackup(key)).isTrue();
        assertThat(LAYOUT.walFile(key)).isEmpty();
    }

    @Test
    void the_log_is_compressed_and_a_backup_is_not() throws IOException {
        byte[] content = {1, 2, 3};
        String segment = "main/wals/0000000100000000/000000010000000000000003.gz";
        byte[] stored = LAYOUT.encode(segment, content);

        assertThat(stored).isNotEqualTo(content);
        assertThat(LAYOUT.decode(segment, stored)).isEqualTo(content);
        assertThat(LAYOUT.encode("main/base/20261121T112233/data.tar", content)).isEqualTo(content);
        assertThatThrownBy(() -> LAYOUT.decode(segment, content)).isInstanceOf(IOException.class);
    }
}
