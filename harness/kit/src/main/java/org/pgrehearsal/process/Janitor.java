package org.pgrehearsal.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A small process beside the run that makes the run's work directory and cleans up when the run ends, however it ends: it reads a pipe whose other
 * end only this JVM holds, and wakes when the JVM says so or dies. It then ends what the run started and removes the work directory.
 *
 * <p>What the run started is known by process id and start time for the direct children, and for their descendants (a detached archiver, for
 * instance) by a random cookie in their environment. Nothing is ever ended by its name.
 */
public final class Janitor implements AutoCloseable {
    /** The environment variable that carries the run's cookie. */
    public static final String COOKIE_VARIABLE = "REHEARSE_COOKIE";

    private static final long PATIENCE_SECONDS = 180;

    private final String cookie;
    private final Path pids;
    private final Process helper;
    private final BufferedReader answers;
    private final ReadWriteLock starting = new ReentrantReadWriteLock();
    private @Nullable CompletableFuture<@Nullable String> swept;

    private Janitor(String cookie, Path pids, Process helper) {
        this.cookie = cookie;
        this.pids = pids;
        this.helper = helper;
        this.answers = helper.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts the janitor of a work directory.
     *
     * @param work   the directory that it makes, for all to pass through but for nobody else to list, and removes in the end
     * @param cookie a random text that no other run has
     * @param keep   whether the directory stays
     * @throws IOException if the directory cannot be made, or is there already
     */
    public static Janitor watch(Path work, String cookie, boolean keep) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "setsid", "sh", "-c", script(), "janitor", work.toString(), cookie, keep ? "keep" : "remove");
        builder.redirectErrorStream(true);
        builder.environment().remove(COOKIE_VARIABLE);
        builder.environment().put("LC_ALL", "C");
        Janitor janitor = new Janitor(cookie, work.resolve("processes"), builder.start());
        String answer = janitor.answers.readLine();
        if (!"ready".equals(answer)) {
            throw new IOException(answer == null ? "the janitor did not start" : answer);
        }
        return janitor;
    }

    private static String script() throws IOException {
        try (InputStream source = Janitor.class.getResourceAsStream("janitor.sh")) {
            if (source == null) {
                throw new IllegalStateException("janitor.sh is not on the class path");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public String cookie() {
        return cookie;
    }

    /**
     * Starts a process that the janitor knows of.
     *
     * @throws IOException if it cannot be started; also when the run is ending, because nobody would end it any more
     */
    Process start(ProcessBuilder builder) throws IOException {
        starting.readLock().lock();
        try {
            if (swept != null) {
                throw new IOException("the run is ending");
            }
            Process process = builder.start();
            note(process);
            return process;
        } finally {
            starting.readLock().unlock();
        }
    }

    /** Remembers a direct child, whatever it does to its environment. */
    synchronized void note(Process process) throws IOException {
        Path place = Path.of("/proc", Long.toString(process.pid()));
        try {
            String stat = Files.readString(place.resolve("stat"));
            String startTime = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
            Files.writeString(pids, process.pid() + " " + startTime + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            // one that ended at once is gone from there before its handle knows that it is not alive
            if (Files.exists(place)) {
                process.destroyForcibly();
                throw new IOException("its process could not be noted: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Ends what runs and removes the directory unless it is kept; from now on no process can be started. For a JVM that is about to end: what it
     * still does in the directory meanwhile is removed after its end.
     */
    public void sweep() {
        CompletableFuture<@Nullable String> answer = sweptOnce();
        try {
            answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the janitor, process " + helper.pid() + ", is gone: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw tooSlow(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The janitor answers once: whoever asks later waits for the same answer. */
    private CompletableFuture<@Nullable String> sweptOnce() {
        starting.writeLock().lock();
        try {
            if (swept != null) {
                return swept;
            }
            CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
            swept = answer;
            Thread.ofVirtual().name("janitor").start(() -> {
                try {
                    helper.getOutputStream().write('\n');
                    helper.getOutputStream().flush();
                    answer.complete(answers.readLine());
                } catch (IOException e) {
                    answer.completeExceptionally(e);
                }
            });
            return answer;
        } finally {
            starting.writeLock().unlock();
        }
    }

    /** Sweeps, and waits for the end of the janitor. */
    @Override
    public void close() {
        sweep();
        try {
            helper.getOutputStream().close();
            if (!helper.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw tooSlow(null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private IllegalStateException tooSlow(@Nullable Exception cause) {
        return new IllegalStateException(
                "the clean-up did not end within " + PATIENCE_SECONDS + " s; it goes on as process " + helper.pid(),
                cause);
    }
}
