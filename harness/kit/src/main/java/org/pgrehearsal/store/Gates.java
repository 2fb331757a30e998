package org.pgrehearsal.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The gates of one store: a read-write one that is opened when first asked for, and any others. */
final class Gates implements AutoCloseable {
    private final Function<Gate.Policy, Gate> opening;
    private final List<Gate> opened = new CopyOnWriteArrayList<>();
    private @Nullable Gate standard;

    Gates(Function<Gate.Policy, Gate> opening) {
        this.opening = opening;
    }

    synchronized Gate standard() {
        Gate gate = standard;
        if (gate == null) {
            gate = open(Gate.Policy.READ_WRITE);
            standard = gate;
        }
        return gate;
    }

    Gate open(Gate.Policy policy) {
        Gate gate = opening.apply(policy);
        opened.add(gate);
        return gate;
    }

    @Override
    public void close() {
        opened.forEach(Gate::close);
    }
}
