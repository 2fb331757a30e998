package org.pgrehearsal.course;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.pgrehearsal.platform.local.PostgresTools;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Runner;

/** The {@code pg_waldump} of this machine. */
record LocalWalDumper(Runner runner, PostgresTools tools) implements WalDumper {
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @Override
    public void dump(Path directory, List<String> options, Consumer<String> lines) {
        List<String> argv = new ArrayList<>(List.of(tools.tool("pg_waldump").toString(), "--path=" + directory));
        argv.addAll(options);
        Runner.Piped piped = runner.pipe(Command.of(argv).within(DEADLINE));
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(piped.process().getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read pg_waldump's output: " + e.getMessage(), e);
        }
        runner.finish(piped).orFail();
    }
}
