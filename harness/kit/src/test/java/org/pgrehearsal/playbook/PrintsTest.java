package org.pgrehearsal.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrintsTest {
    private static Prints exactly(String... lines) {
        return new Prints(List.of(lines), false);
    }

    private static Prints among(String... lines) {
        return new Prints(List.of(lines), true);
    }

    @Test
    void theSameLinesAreRight() {
        assertThat(exactly("one", "two").refuses("one\ntwo\n")).isEmpty();
    }

    @Test
    void dotsStandForAnyTextOfTheLineOrForNone() {
        assertThat(exactly("name-… (met)…").refuses("name-x7 y (met)\n")).isEmpty();
        assertThat(exactly("…").refuses("\n")).isEmpty();
        assertThat(exactly("a…").refuses("a\nb\n")).hasValue("it printed one line more: \"b\"");
    }

    @Test
    void whatLooksLikeAPatternIsText() {
        assertThat(exactly("a.c…").refuses("abc\n")).hasValue("line 1 should be \"a.c…\" and is \"abc\"");
    }

    @Test
    void blanksAndTabsCountAsOneAndNoneAtTheEnd() {
        assertThat(exactly("1 0/50 no target").refuses("1\t0/50  no target  \n"))
                .isEmpty();
        assertThat(exactly("a b").refuses("ab")).isPresent();
    }

    @Test
    void aLineThatIsMissingOrTooManyIsWrong() {
        assertThat(exactly("one", "two").refuses("one\n")).hasValue("it printed 1 lines, and not \"two\"");
        assertThat(exactly("one").refuses("")).isPresent();
        assertThat(exactly().refuses("one\n")).hasValue("it printed one line more: \"one\"");
    }

    @Test
    void amongOthersTheOrderCounts() {
        assertThat(among("one", "two").refuses("zero\none\nhalf\ntwo\nthree\n")).isEmpty();
        assertThat(among("two", "one").refuses("one\ntwo\n")).hasValue("it printed no line \"one\" after \"two\"");
        assertThat(among("four").refuses("one\n")).hasValue("it printed no line \"four\"");
    }
}
