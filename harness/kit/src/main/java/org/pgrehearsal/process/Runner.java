package org.pgrehearsal.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs commands for one run of the harness, as one account, and writes them to one transcript.
 *
 * @param account    who runs them
 * @param place      the work directory: the default place of a command, and its home
 * @param janitor    learns of every process, so that none outlives the run
 * @param transcript where the commands are noted
 */
public record Runner(Account account, Path place, Janitor janitor, Transcript transcript) {
    private static final int KEPT_OUTPUT = 8 << 20;
    /** For the output of a command that ended just before its deadline. */
    private static final Duration DRAIN = Duration.ofSeconds(1);

    /** The same runner, writing elsewhere. */
    public Runner notingIn(Transcript other) {
        return new Runner(account, place, janitor, other);
    }

    /**
     * Runs a command to its end.
     *
     * @throws CommandFailed if it cannot be started, or does not end before its deadline; any exit code is an answer, not a failure, also the 127
     *     of a program that is not there
     */
    public Finished run(Command command) {
        Instant started = Instant.now();
        Process process = begin(command, ProcessBuilder.Redirect.PIPE);
        CompletableFuture<String> out = drain(process.getInputStream());
        CompletableFuture<String> err = drain(process.getErrorStream());
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new CommandFailed("cannot talk to " + command.program() + ": " + e.getMessage(), e);
        }
        int exit = awaitEnd(command, process, started);
        Duration took = Duration.between(started, Instant.now());
        Finished finished =
                new Finished(command, exit, whole(out, command, started), whole(err, command, started), took);
        transcript.note(started, took, "exit " + exit, command, exit == 0 ? "" : finished.err() + finished.out());
        return finished;
    }

    /**
     * Starts a command that goes on by itself; output and errors go to a file, at its end.
     *
     * @throws CommandFailed if it cannot be started
     */
    public Process start(Command command, Path log) {
        transcript.note(Instant.now(), Duration.ZERO, "started", command, "");
        return begin(command, ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    /**
     * Starts a command whose standard input and output the caller moves itself; errors are kept for {@link #finish}.
     *
     * @throws CommandFailed if it cannot be started
     */
    public Piped pipe(Command command) {
        Process process = begin(command, ProcessBuilder.Redirect.PIPE);
        return new Piped(command, process, Instant.now(), drain(process.getErrorStream()));
    }

    /** Waits for the end of a piped command; its output has been read by the caller. */
    public Finished finish(Piped piped) {
        int exit = awaitEnd(piped.command, piped.process, piped.started);
        Duration took = Duration.between(piped.started, Instant.now());
        Finished finished =
                new Finished(piped.command, exit, "", whole(piped.errors, piped.command, piped.started), took);
        transcript.note(piped.started, took, "exit " + exit, piped.command, exit == 0 ? "" : finished.err());
        return finished;
    }

    /**
     * A command under way whose streams the caller moves.
     *
     * @param command what was started
     * @param process its streams
     * @param started when
     * @param errors  standard error, once it has ended
     */
    public record Piped(Command command, Process process, Instant started, CompletableFuture<String> errors) {}

    private Process begin(Command command, ProcessBuilder.Redirect output) {
        ProcessBuilder builder = new ProcessBuilder(account.wrap(command.argv()));
        Path directory = command.directory();
        builder.directory((directory == null ? place : directory).toFile());
        builder.environment().clear();
        builder.environment().putAll(baseEnvironment());
        builder.environment().putAll(command.environment());
        builder.redirectOutput(output);
        if (output.type() == ProcessBuilder.Redirect.Type.APPEND) {
            builder.redirectErrorStream(true);
        }
        try {
            return janitor.start(builder);
        } catch (IOException e) {
            throw new CommandFailed("cannot start " + command.program() + ": " + e.getMessage(), e);
        }
    }

    /** Nothing of the caller's environment but the search path: a run must not depend on who starts it. */
    private Map<String, String> baseEnvironment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TZ", "UTC");
        environment.put("HOME", place.toString());
        environment.put(Janitor.COOKIE_VARIABLE, janitor.cookie());
        return environment;
    }

    private int awaitEnd(Command command, Process process, Instant started) {
        try {
            if (process.waitFor(command.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            end(process);
            Duration took = Duration.between(started, Instant.now());
            transcript.note(started, took, "too long", command, "");
            throw new CommandFailed(command.program() + " did not end within "
                    + command.deadline().toSeconds() + " s and was ended: " + command);
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new CommandFailed(command.program() + " was interrupted", e);
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    /** What was said, once the output is closed: a process that outlives the command and inherited it must not hold us for ever. */
    private String whole(CompletableFuture<String> text, Command command, Instant started) {
        Duration left = command.deadline().minus(Duration.between(started, Instant.now()));
        try {
            return text.get(Math.max(left.toMillis(), DRAIN.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            transcript.note(started, Duration.between(started, Instant.now()), "held", command, "");
            throw new CommandFailed(
                    command.program() + " has ended, but a process that it left behind holds its output open: "
                            + command,
                    e);
        } catch (ExecutionException e) {
            throw new CommandFailed("cannot read the output of " + command.program() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(command.program() + " was interrupted", e);
        }
    }

    private static CompletableFuture<String> drain(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().name("drain").start(() -> {
            try (stream) {
                byte[] kept = stream.readNBytes(KEPT_OUTPUT);
                stream.transferTo(OutputStream.nullOutputStream());
                text.complete(new String(kept, StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.complete("(its output could not be read: " + e.getMessage() + ")");
            }
        });
        return text;
    }
}
