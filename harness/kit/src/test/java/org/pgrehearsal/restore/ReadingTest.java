package org.pgrehearsal.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
    /** The third epoch begins at 12884901888. */
    @ParameterizedTest
    @CsvSource({
        "700, 750, 700",
        "800, 750, 800",
        "700, 12884901988, 12884902588",
        "90, 12884901988, 12884901978",
        "4294967290, 12884901988, 12884901882",
        "5, 12884901880, 12884901893"
    })
    void aNumberOfTheLogIsTheOneNearestToTheNext(long inLog, long next, long whole) {
        assertThat(Reading.widened(inLog, next)).isEqualTo(whole);
    }
}
