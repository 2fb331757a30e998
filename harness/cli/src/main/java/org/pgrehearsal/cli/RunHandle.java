package org.pgrehearsal.cli;

/** A run that is also closed when the program is told to end: Ctrl-C leaves nothing behind either. */
final class RunHandle<R extends AutoCloseable> implements AutoCloseable {
    private final R run;
    private final Thread hook;

    private RunHandle(R run) {
        this.run = run;
        this.hook = new Thread(this::end, "end the run");
    }

    static <R extends AutoCloseable> RunHandle<R> of(R run) {
        RunHandle<R> handle = new RunHandle<>(run);
        Runtime.getRuntime().addShutdownHook(handle.hook);
        return handle;
    }

    R run() {
        return run;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is ending already, and the hook does it
            return;
        }
        end();
    }

    private void end() {
        try {
            run.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot end the run: " + e.getMessage(), e);
        }
    }
}
