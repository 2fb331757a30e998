package org.pgrehearsal.plugin.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalNameTest {
    @ParameterizedTest
    @CsvSource({
        "0000000100000000000000FF, 000000010000000100000000, 16777216",
        "00000001000000000000003F, 000000010000000100000000, 67108864",
        "000000020000000A00000FFF, 000000020000000B00000000, 1048576"
    })
    void segmentsFollowEachOtherInEverySize(String segment, String next, long size) {
        assertThat(WalName.at(WalName.timeline(segment), WalName.number(segment, size) + 1, size))
                .isEqualTo(next);
    }

    @Test
    void anAddressIsInItsSegment() {
        assertThat(WalName.at("00000001", WalName.numberOf("1/6B000110", WalName.USUAL_SIZE), WalName.USUAL_SIZE))
                .isEqualTo("00000001000000010000006B");
    }

    @ParameterizedTest
    @CsvSource({
        "000000010000000000000001, true",
        "000000010000000000000001.partial, true",
        "000000010000000000000005.00000028.backup, true",
        "00000002.history, true",
        "00000002.history.bak, false",
        "000000010000000000000001.lz4, false",
        "../../etc/passwd, false",
        "00000001000000000000000g, false"
    })
    void onlyNamesOfTheLogAreNames(String name, boolean valid) {
        assertThat(WalName.isValid(name)).isEqualTo(valid);
    }
}
