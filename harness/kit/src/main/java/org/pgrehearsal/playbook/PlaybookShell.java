package org.pgrehearsal.playbook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.CommandFailed;
import org.pgrehearsal.process.Runner;

/** One {@code bash -euo pipefail} in which the steps of a playbook are run one after the other: variables live from step to step. */
public final class PlaybookShell implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(10);
    private static final String WENT_ON = "went on";

    private final Runner runner;
    private final Runner.Piped bash;
    private final Writer orders;
    private final BufferedReader answers;
    private final Path folder;
    private int number;

    private PlaybookShell(Runner runner, Runner.Piped bash, Path folder) {
        this.runner = runner;
        this.bash = bash;
        this.folder = folder;
        orders = bash.process().outputWriter(StandardCharsets.UTF_8);
        answers = bash.process().inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts the shell.
     *
     * @param clone       the root of a clone, in which steps are run
     * @param folder      a new folder for the text of each step and for what it says
     * @param environment variables beside the few that every command gets, such as settings that win over those of the page
     */
    public static PlaybookShell open(Runner runner, Path clone, Path folder, Map<String, String> environment) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder + ": " + e.getMessage(), e);
        }
        Command command = Command.of("bash", "-euo", "pipefail")
                .with(environment)
                .in(clone)
                .within(END);
        return new PlaybookShell(runner, runner.pipe(command), folder);
    }

    /**
     * Runs a step. After one that fails or does not end the shell is gone, as it says {@code -e}.
     *
     * @throws CommandFailed if the shell is gone
     */
    public Performed perform(Step step, Duration deadline) {
        Path script = folder.resolve("%02d-%s.sh".formatted(++number, step.title()));
        Path out = folder.resolve(script.getFileName() + ".out");
        Path err = folder.resolve(script.getFileName() + ".err");
        Instant began = Instant.now();
        try {
            Files.writeString(script, step.script());
            orders.write(". %s </dev/null >%s 2>%s; echo '%s'%n"
                    .formatted(quoted(script), quoted(out), quoted(err), WENT_ON));
            orders.flush();
            Integer exit = await(deadline);
            return new Performed(step, exit, text(out), text(err), Duration.between(began, Instant.now()));
        } catch (IOException e) {
            throw new CommandFailed("the shell of the playbook is gone before " + step.title(), e);
        }
    }

    private @Nullable Integer await(Duration deadline) {
        CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("playbook").start(() -> {
            try {
                answer.complete(answers.readLine());
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            if (WENT_ON.equals(answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS))) {
                return 0;
            }
            // a step that ends the shell has failed, whatever it says
            return Math.max(1, bash.process().waitFor());
        } catch (TimeoutException e) {
            end();
            return null;
        } catch (ExecutionException e) {
            throw new CommandFailed("cannot hear the shell of the playbook: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            throw new CommandFailed("the shell of the playbook was interrupted", e);
        }
    }

    private void end() {
        List<ProcessHandle> family = bash.process().descendants().toList();
        bash.process().destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    /** Ends the shell. */
    @Override
    public void close() {
        try {
            orders.close();
        } catch (IOException e) {
            // it has ended already
        }
        runner.finish(bash);
    }
}
