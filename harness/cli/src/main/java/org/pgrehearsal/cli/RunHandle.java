package org.pgrehearsal.cli;

import java.util.function.Function;
import java.util.logging.LogManager;
import org.pgrehearsal.drills.Reports;
import org.pgrehearsal.drills.Run;
import org.pgrehearsal.drills.RunListener;
import org.pgrehearsal.evidence.RunRecord;
import picocli.CommandLine;

/** A run that is also ended when the program is told to end: Ctrl-C leaves nothing behind either. */
final class RunHandle implements AutoCloseable {
    private final Run run;
    private final Thread hook;
    /** Whether the program was told to end, so that what drills come to says nothing any more. */
    private volatile boolean interrupted;

    private RunHandle(Run run, Runnable beforehand) {
        this.run = run;
        this.hook = new Thread(
                () -> {
                    interrupted = true;
                    // drills die when their servers do; what they say of it would only hide what matters
                    Thread.setDefaultUncaughtExceptionHandler((_, _) -> {});
                    LogManager.getLogManager().reset();
                    beforehand.run();
                    try {
                        run.abort();
                    } catch (RuntimeException e) {
                        System.err.println(
                                "rehearse: " + e.getMessage() + "; the next run on this machine removes what is left");
                    }
                },
                "end the run");
    }

    /**
     * Starts a run, carries it out, writes its reports and prints what it came to.
     *
     * @return the exit code
     */
    static int carryOut(CommandLine commandLine, boolean json, Function<RunListener, Run> start) throws Exception {
        try (ProgressLines progress = new ProgressLines(commandLine.getErr(), Terminal.isInteractive());
                RunHandle handle = of(start.apply(progress), progress::interrupted)) {
            RunRecord record;
            try {
                record = handle.run.run();
            } catch (Exception e) {
                if (handle.interrupted) {
                    return ExitCode.INTERRUPTED.number();
                }
                throw e;
            }
            if (handle.interrupted) {
                return ExitCode.INTERRUPTED.number();
            }
            Reports.write(handle.run, record);
            progress.clear();
            Outcome.print(record, handle.run.folder(), json, commandLine.getOut());
            return record.exitCode();
        }
    }

    /**
     * Takes a run that was just started.
     *
     * @param beforehand what to do first when the program is told to end
     */
    private static RunHandle of(Run run, Runnable beforehand) {
        RunHandle handle = new RunHandle(run, beforehand);
        try {
            Runtime.getRuntime().addShutdownHook(handle.hook);
        } catch (IllegalStateException e) {
            // told to end while it started: the janitor sees to it when the JVM is gone
            handle.interrupted = true;
        }
        return handle;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is ending already, and the hook does it
            return;
        }
        run.close();
    }
}
