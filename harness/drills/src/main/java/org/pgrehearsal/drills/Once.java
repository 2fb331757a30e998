package org.pgrehearsal.drills;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Something expensive that is made when it is first asked for, once: also its failure is remembered, and told to everyone who asks. */
final class Once<T> {
    private final String what;
    private final Callable<T> maker;
    private @Nullable T value;
    private @Nullable Exception failure;
    private @Nullable Refutation refutation;

    Once(String what, Callable<T> maker) {
        this.what = what;
        this.maker = maker;
    }

    /**
     * The thing.
     *
     * @throws IllegalStateException if it could not be made
     * @throws Refutation            if something was wrong with it
     */
    synchronized T get() {
        if (value == null && failure == null && refutation == null) {
            try {
                value = maker.call();
            } catch (Refutation e) {
                refutation = e;
            } catch (Exception e) {
                failure = e;
            }
        }
        if (refutation != null) {
            throw new Refutation(refutation.finding());
        }
        T made = value;
        if (made == null) {
            throw new IllegalStateException(
                    what + " could not be made: " + (failure == null ? "no reason" : failure.getMessage()), failure);
        }
        return made;
    }
}
