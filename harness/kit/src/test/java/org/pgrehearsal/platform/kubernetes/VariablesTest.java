package org.pgrehearsal.platform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {
    private static final Variables VARIABLES = new Variables(Map.of("APP", "database", "EMPTY", "", "PRICE", "$1"));

    @Test
    void aValueWinsOverItsDefault() {
        assertThat(VARIABLES.in("name: ${APP}, again: ${APP:=other}")).isEqualTo("name: database, again: database");
    }

    @Test
    void aDefaultIsTakenForWhatIsMissingOrEmpty() {
        assertThat(VARIABLES.in("${GENERATION:=1} ${EMPTY:=2} ${TARGET:=\"\"}")).isEqualTo("1 2 \"\"");
    }

    @Test
    void aDollarInAValueIsNothingSpecial() {
        assertThat(VARIABLES.in("${PRICE}")).isEqualTo("$1");
    }

    @Test
    void twoDollarsStandForOne() {
        assertThat(VARIABLES.in("$${APP}")).isEqualTo("${APP}");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> VARIABLES.in("${B} ${A} ${APP}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no value for A, B;");
    }
}
