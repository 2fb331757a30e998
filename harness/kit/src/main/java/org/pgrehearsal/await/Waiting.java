package org.pgrehearsal.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A wait.
 *
 * @param what     what is waited for, as the end of "waiting for …"
 * @param deadline how long at most
 * @param interval between two looks
 */
public record Waiting(String what, Duration deadline, Duration interval) {
    /** A wait that looks every 20 milliseconds. */
    public static Waiting on(String what, Duration deadline) {
        return new Waiting(what, deadline, Duration.ofMillis(20));
    }

    public Waiting every(Duration pause) {
        return new Waiting(what, deadline, pause);
    }

    /**
     * Looks until it is so.
     *
     * @param observe what to look at; its exceptions end the wait
     * @param done    whether that is it
     * @return what was seen last
     * @throws WaitFailed after the deadline, with what was seen last
     */
    public <T> T until(Supplier<T> observe, Predicate<T> done) {
        return until(observe, done, _ -> Optional.empty());
    }

    /**
     * Looks until it is so, or until it is clear that it will not be.
     *
     * @param hopeless why it will never be, if what was seen says so
     * @throws WaitFailed after the deadline, or as soon as it is hopeless
     */
    public <T> T until(Supplier<T> observe, Predicate<T> done, Function<T, Optional<String>> hopeless) {
        AtomicReference<T> last = new AtomicReference<>();
        try {
            Awaitility.await(what)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(interval)
                    .atMost(deadline)
                    .until(() -> {
                        T seen = observe.get();
                        last.set(seen);
                        if (done.test(seen)) {
                            return true;
                        }
                        hopeless.apply(seen).ifPresent(reason -> {
                            throw new WaitFailed("gave up waiting for " + what + ": " + reason);
                        });
                        return false;
                    });
        } catch (ConditionTimeoutException e) {
            throw new WaitFailed(
                    "waited " + deadline.toSeconds() + " s in vain for " + what + "; last seen: " + last.get(), e);
        }
        return last.get();
    }
}
