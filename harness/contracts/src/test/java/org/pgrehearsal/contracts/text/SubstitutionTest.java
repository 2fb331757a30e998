package org.pgrehearsal.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SubstitutionTest {
    @Test
    void aValueBeatsTheDefaultAndAnEmptyOneDoesNot() {
        Substitution result = Substitution.of(
                "${A} ${A:=no} ${B:=default of b} ${EMPTY:=0 1 * * *} ${EMPTY}", Map.of("A", "a", "EMPTY", ""));
        assertThat(result.text()).isEqualTo("a a default of b 0 1 * * * ");
        assertThat(result.undefined()).isEmpty();
        assertThat(result.used()).containsExactly("A", "B", "EMPTY");
    }

    @Test
    void whatNobodyDefinesBecomesNothingAndIsNamed() {
        Substitution result = Substitution.of("x: ${NAME}", Map.of());
        assertThat(result.text()).isEqualTo("x: ");
        assertThat(result.undefined()).containsExactly("NAME");
    }

    @Test
    void aDoubledDollarStaysOne() {
        Substitution result = Substitution.of("echo $${HOME} $HOME $(HOME)", Map.of("HOME", "x"));
        assertThat(result.text()).isEqualTo("echo ${HOME} $HOME $(HOME)");
        assertThat(result.used()).isEmpty();
    }

    @Test
    void otherFormsAreLeftAndNamed() {
        Substitution result = Substitution.of("${A##*/} ${A^^}", Map.of("A", "a"));
        assertThat(result.text()).isEqualTo("${A##*/} ${A^^}");
        assertThat(result.foreign()).containsExactly("${A##*/}", "${A^^}");
    }
}
