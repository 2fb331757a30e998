package org.pgrehearsal.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    @ParameterizedTest
    @ValueSource(strings = {"0 1 * * *", "*/15 0-6,22 1 JAN-MAR MON", "5/20 * * * 7", "0 0 31 12 ?"})
    void readsFiveFields(String schedule) {
        assertThat(Cron.five(schedule).timesADay()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 1 * *         | 4 fields instead of 5",
                "0 0 1 * * *     | 6 fields instead of 5",
                "60 1 * * *      | 60 is no minute",
                "0 24 * * *      | 24 is no hour",
                "0 1 0 * *       | 0 is no day",
                "0 1 * FOO *     | \"FOO\" is no month",
                "0 1 * * 8       | 8 is no weekday",
                "10-5 1 * * *    | \"10-5\" is no minute",
                "*/0 1 * * *     | \"*/0\" is no minute",
                "0, 1 * * *      | \"\" is no minute",
                "@daily          | 1 fields instead of 5",
            })
    void saysWhatIsWrong(String schedule, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.five(schedule))
                .withMessageContaining(reason);
    }

    @Test
    void anEmptyScheduleHasNoFields() {
        assertThatIllegalArgumentException().isThrownBy(() -> Cron.five(" ")).withMessageContaining("0 fields");
    }

    @Test
    void sixFieldsBeginWithTheSeconds() {
        assertThat(Cron.six("30 10 2 * * *").meets(Cron.five("10 2 * * *"))).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.six("10 2 * * *"))
                .withMessageContaining("second minute hour");
    }

    @ParameterizedTest
    @CsvSource({
        "10 2 * * *, 10 2 * * 3, true",
        "10 2 * * 0, 10 2 * * 7, true",
        "10 2 * * 0, 10 2 * * 1-6, false",
        "10 2 * * *, 11 2 * * *, false",
        "10 2 1 * *, 10 2 2 * *, false",
        "*/10 * * * *, 20 4 * * *, true",
    })
    void meetsWhereAllFieldsDo(String one, String other, boolean meets) {
        assertThat(Cron.five(one).meets(Cron.five(other))).isEqualTo(meets);
        assertThat(Cron.five(other).meets(Cron.five(one))).isEqualTo(meets);
    }
}
