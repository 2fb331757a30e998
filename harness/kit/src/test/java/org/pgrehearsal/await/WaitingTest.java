package org.pgrehearsal.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void givesWhatItSawLast() {
        assertThat(Waiting.on("the third look", LONG).until(looks::incrementAndGet, seen -> seen == 3))
                .isEqualTo(3);
        assertThat(looks).hasValue(3);
    }

    @Test
    void looksAtOnce() {
        Instant started = Instant.now();

        Waiting.on("something that is so", LONG).every(LONG).until(() -> true, seen -> seen);

        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void saysForWhatHowLongAndWhatItSawLast() {
        assertThatExceptionOfType(WaitFailed.class)
                .isThrownBy(() -> Waiting.on("the tide", Duration.ofSeconds(1))
                        .every(Duration.ofMillis(300))
                        .until(() -> "ebb " + looks.incrementAndGet(), "flood"::equals))
                .withMessage("waited 1 s in vain for the tide; last seen: ebb " + looks.get());
        assertThat(looks.get()).isBetween(2, 5);
    }

    @Test
    void givesUpAsSoonAsItIsHopeless() {
        Instant started = Instant.now();

        assertThatExceptionOfType(WaitFailed.class)
                .isThrownBy(() -> Waiting.on("the server", LONG)
                        .until(
                                looks::incrementAndGet,
                                seen -> seen == 5,
                                seen -> seen == 2 ? Optional.of("it has ended") : Optional.empty()))
                .withMessage("gave up waiting for the server: it has ended");

        assertThat(looks).hasValue(2);
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void whatIsSoIsNotHopeless() {
        assertThat(Waiting.on("the server", LONG).until(() -> "up", "up"::equals, _ -> Optional.of("never")))
                .isEqualTo("up");
    }

    @Test
    void anErrorWhileLookingEndsTheWait() {
        IllegalStateException error = new IllegalStateException("cannot look");

        assertThatThrownBy(() -> Waiting.on("the moon", LONG)
                        .until(
                                () -> {
                                    looks.incrementAndGet();
                                    throw error;
                                },
                                _ -> true))
                .isSameAs(error);
        assertThat(looks).hasValue(1);
    }
}
