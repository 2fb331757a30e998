package org.pgrehearsal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void readsHowMuchMemoryIsAvailable() {
        assertThat(Machine.availableMemory(Stream.of("MemFree:   100 kB", "MemAvailable:   16777216 kB")))
                .isEqualTo(16L << 30);
    }

    @Test
    void knowsOfNoMemoryWhereTheKernelDoesNotSay() {
        assertThat(Machine.availableMemory(Stream.of("MemFree:   100 kB"))).isZero();
    }

    @Test
    void asksThisMachine() {
        assertThat(Machine.availableMemory()).isPositive();
    }
}
