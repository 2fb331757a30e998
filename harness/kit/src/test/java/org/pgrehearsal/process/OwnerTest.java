package org.pgrehearsal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerTest {
    @Test
    void thisProcessIsNotGone() {
        assertThat(Owner.in(Owner.self().label())).contains(Owner.self());
        assertThat(Owner.self().isGone()).isFalse();
    }

    @Test
    void aProcessThatEndedIsGone() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("cat").start();
        Owner owner = new Owner(
                process.pid(), process.info().startInstant().orElseThrow().toEpochMilli(), Owner.thisBoot());
        assertThat(owner.isGone()).isFalse();

        process.destroy();
        process.waitFor();

        assertThat(owner.isGone()).isTrue();
    }

    @Test
    void anotherProcessOfTheSameIdIsNotTheOwner() {
        Owner self = Owner.self();

        assertThat(new Owner(self.pid(), self.started() - 1000, self.boot()).isGone())
                .isTrue();
    }

    @Test
    void ofAnotherMachineNothingIsKnown() {
        Owner self = Owner.self();

        assertThat(new Owner(self.pid(), self.started() - 1000, "another").isGone())
                .isFalse();
    }

    @Test
    void whatIsNotOursHasNoOwner() {
        assertThat(Owner.in(Map.of())).isEmpty();
        assertThat(Owner.in(Map.of(Owner.LABEL, "somebody"))).isEmpty();
        assertThat(Owner.in(Map.of(Owner.LABEL, "1.2"))).isEmpty();
    }
}
