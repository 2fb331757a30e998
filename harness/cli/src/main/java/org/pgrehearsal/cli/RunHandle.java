package org.pgrehearsal.cli;

import org.pgrehearsal.drills.Rehearsal;
import org.pgrehearsal.drills.RunListener;
import org.pgrehearsal.drills.RunOptions;

/** A run that is also closed when the program is told to end: Ctrl-C leaves nothing behind either. */
final class RunHandle implements AutoCloseable {
    private final Rehearsal rehearsal;
    private final Thread hook;

    private RunHandle(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
        this.hook = new Thread(rehearsal::close, "end the run");
    }

    static RunHandle start(RunOptions options, RunListener listener) {
        RunHandle handle = new RunHandle(new Rehearsal(options, listener));
        Runtime.getRuntime().addShutdownHook(handle.hook);
        return handle;
    }

    Rehearsal rehearsal() {
        return rehearsal;
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
