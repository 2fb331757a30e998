package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrillUriTest {
    @Test
    void whatIsWrittenIsRead() {
        DrillUri uri = new DrillUri("2026-11-21T120000Z-00ff", "barman-cloud", "pitr");
        assertThat(uri.toUri()).hasToString("rehearsal:/2026-11-21T120000Z-00ff/barman-cloud/pitr.feature");
        assertThat(DrillUri.parse(uri.toUri())).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:/run/system/pitr.feature",
                "rehearsal:/system/pitr.feature",
                "rehearsal:/run/system/more/pitr.feature",
                "rehearsal:/run/system/pitr.txt"
            })
    void anyOtherAddressIsRefused(String text) {
        assertThatThrownBy(() -> DrillUri.parse(URI.create(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
