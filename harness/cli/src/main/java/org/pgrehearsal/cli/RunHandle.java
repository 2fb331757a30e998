package org.pgrehearsal.cli;

import java.util.logging.LogManager;
import org.pgrehearsal.drills.Rehearsal;
import org.pgrehearsal.drills.RunListener;
import org.pgrehearsal.drills.RunOptions;

/** A run that is also ended when the program is told to end: Ctrl-C leaves nothing behind either. */
final class RunHandle implements AutoCloseable {
    private final Rehearsal rehearsal;
    private final Thread hook;
    private volatile boolean interrupted;

    private RunHandle(Rehearsal rehearsal, Runnable beforehand) {
        this.rehearsal = rehearsal;
        this.hook = new Thread(
                () -> {
                    interrupted = true;
                    // drills die when their servers do; what they say of it would only hide what matters
                    Thread.setDefaultUncaughtExceptionHandler((_, _) -> {});
                    LogManager.getLogManager().reset();
                    beforehand.run();
                    rehearsal.abort();
                },
                "end the run");
    }

    /**
     * Starts a run.
     *
     * @param beforehand what to do first when the program is told to end
     */
    static RunHandle start(RunOptions options, RunListener listener, Runnable beforehand) {
        RunHandle handle = new RunHandle(new Rehearsal(options, listener), beforehand);
        try {
            Runtime.getRuntime().addShutdownHook(handle.hook);
        } catch (IllegalStateException e) {
            // told to end while it started: the janitor sees to it when the JVM is gone
            handle.interrupted = true;
        }
        return handle;
    }

    Rehearsal rehearsal() {
        return rehearsal;
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
        rehearsal.close();
    }
}
