package org.pgrehearsal.undo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What has to be undone, in the reverse of the order in which it was done. Safe for use by several threads. */
public final class UndoStack implements AutoCloseable {
    private final Deque<Step> steps = new ArrayDeque<>();

    /** An undo. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    private record Step(String what, Action action) {}

    /**
     * Registers an undo; call it before the thing is done.
     *
     * @param what the undo in words, for the error if it fails
     */
    public void push(String what, Action action) {
        synchronized (steps) {
            steps.push(new Step(what, action));
        }
    }

    /** Registers the closing of something and returns it. */
    public <T extends AutoCloseable> T closing(String what, T resource) {
        push(what, resource::close);
        return resource;
    }

    /**
     * Undoes everything, the last first, and goes on when one of them fails.
     *
     * @throws UndoFailed with the first failure, the others suppressed
     */
    @Override
    public void close() {
        UndoFailed failure = null;
        for (Step step = next(); step != null; step = next()) {
            try {
                step.action().run();
            } catch (Exception e) {
                UndoFailed failed = new UndoFailed("could not " + step.what() + ": " + e.getMessage(), e);
                if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable Step next() {
        synchronized (steps) {
            return steps.poll();
        }
    }
}
