package org.pgrehearsal.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A small process beside the run that cleans up when the run ends, however it ends: it reads a pipe whose other end only this JVM holds, and
 * wakes when the JVM closes it or dies. It then ends what the run started and removes the work directory.
 *
 * <p>What the run started is known by process id and start time for the direct children, and for their descendants (a detached archiver, for
 * instance) by a random cookie in their environment. Nothing is ever ended by its name.
 */
public final class Janitor implements AutoCloseable {
    /** The environment variable that carries the run's cookie. */
    public static final String COOKIE_VARIABLE = "REHEARSE_COOKIE";

    private static final long PATIENCE_SECONDS = 30;

    private final String cookie;
    private final Path pids;
    private final Process helper;

    private Janitor(String cookie, Path pids, Process helper) {
        this.cookie = cookie;
        this.pids = pids;
        this.helper = helper;
    }

    /**
     * Starts the janitor of a work directory.
     *
     * @param work   the directory that it removes in the end
     * @param cookie a random text that no other run has
     * @param keep   whether the directory stays
     */
    public static Janitor watch(Path work, String cookie, boolean keep) throws IOException {
        Path script = work.resolve("janitor.sh");
        try (InputStream source = Janitor.class.getResourceAsStream("janitor.sh")) {
            if (source == null) {
                throw new IllegalStateException("janitor.sh is not on the class path");
            }
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        Path pids = work.resolve("processes");
        Files.writeString(pids, "");
        ProcessBuilder builder = new ProcessBuilder(
                "setsid", "sh", script.toString(), work.toString(), cookie, keep ? "keep" : "remove");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove(COOKIE_VARIABLE);
        return new Janitor(cookie, pids, builder.start());
    }

    public String cookie() {
        return cookie;
    }

    /** Remembers a direct child: PostgreSQL overwrites its environment, so the cookie alone would not find it. */
    synchronized void note(Process process) {
        Path place = Path.of("/proc", Long.toString(process.pid()));
        try {
            String stat = Files.readString(place.resolve("stat"));
            String startTime = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
            Files.writeString(pids, process.pid() + " " + startTime + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            // one that ended at once is gone from there before its handle knows that it is not alive
            if (Files.exists(place)) {
                throw new UncheckedIOException("cannot note process " + process.pid(), e);
            }
        }
    }

    /** Ends what is left, removes the directory unless it is kept, and waits until that is done. */
    @Override
    public void close() {
        try {
            helper.getOutputStream().close();
            if (!helper.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the clean-up did not end within " + PATIENCE_SECONDS
                        + " s; it goes on as process " + helper.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
