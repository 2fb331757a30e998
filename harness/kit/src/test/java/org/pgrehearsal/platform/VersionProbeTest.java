package org.pgrehearsal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionProbeTest {
    @ParameterizedTest
    @CsvSource({
        "15.18, postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)",
        "19beta1, postgres (PostgreSQL) 19beta1",
        "2.45, pgBackRest 2.45",
        "3.19.1, barman-cloud-backup 3.19.1",
        "1.9.4, '*** LZ4 command line interface 64-bits v1.9.4, by Yann Collet ***'",
        "1.5.4, '*** Zstandard CLI (64-bit) v1.5.4, by Yann Collet ***'",
        "28.2.2, 28.2.2"
    })
    void findsTheVersionInWhatProgramsPrint(String version, String output) {
        assertThat(VersionProbe.parse(output)).contains(version);
    }

    @Test
    void findsNoneWhereThereIsNone() {
        assertThat(VersionProbe.parse("usage: thing [64-bit]")).isEmpty();
    }
}
