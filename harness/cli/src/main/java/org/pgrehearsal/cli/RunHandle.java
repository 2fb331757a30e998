package org.pgrehearsal.cli;

import java.util.function.Consumer;
import java.util.logging.LogManager;

/** A run that is also ended when the program is told to end: Ctrl-C leaves nothing behind either. */
final class RunHandle<R extends AutoCloseable> implements AutoCloseable {
    private final R run;
    private final Thread hook;
    private volatile boolean interrupted;

    private RunHandle(R run, Consumer<R> abort, Runnable beforehand) {
        this.run = run;
        this.hook = new Thread(
                () -> {
                    interrupted = true;
                    // drills die when their servers do; what they say of it would only hide what matters
                    Thread.setDefaultUncaughtExceptionHandler((_, _) -> {});
                    LogManager.getLogManager().reset();
                    beforehand.run();
                    abort.accept(run);
                },
                "end the run");
    }

    /**
     * Takes a run that was just started.
     *
     * @param abort      ends it while it may still be under way
     * @param beforehand what to do first when the program is told to end
     */
    static <R extends AutoCloseable> RunHandle<R> of(R run, Consumer<R> abort, Runnable beforehand) {
        RunHandle<R> handle = new RunHandle<>(run, abort, beforehand);
        try {
            Runtime.getRuntime().addShutdownHook(handle.hook);
        } catch (IllegalStateException e) {
            // told to end while it started: the janitor sees to it when the JVM is gone
            handle.interrupted = true;
        }
        return handle;
    }

    R run() {
        return run;
    }

    /** Whether the program was told to end, so that what drills come to says nothing any more. */
    boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is ending already, and the hook does it
            return;
        }
        try {
            run.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot end the run: " + e.getMessage(), e);
        }
    }
}
