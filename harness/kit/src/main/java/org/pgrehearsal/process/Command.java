package org.pgrehearsal.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command to run: never through a shell.
 *
 * @param argv        program and arguments; must not hold a secret, because every user of the machine can read them
 * @param environment variables beside the few that every command gets; may hold secrets, and is never printed
 * @param directory   where to run it; null for the run's work directory
 * @param deadline    after which it is ended and the run of it has failed
 */
public record Command(
        List<String> argv,
        Map<String, String> environment,
        @Nullable Path directory,
        Duration deadline) {
    private static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command has at least a program");
        }
    }

    /** A command with no extra environment and a deadline of five minutes. */
    public static Command of(Object... argv) {
        return new Command(
                java.util.Arrays.stream(argv).map(Object::toString).toList(), Map.of(), null, DEFAULT_DEADLINE);
    }

    public static Command of(List<String> argv) {
        return new Command(argv, Map.of(), null, DEFAULT_DEADLINE);
    }

    public Command with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new Command(argv, all, directory, deadline);
    }

    public Command in(Path place) {
        return new Command(argv, environment, place, deadline);
    }

    public Command within(Duration limit) {
        return new Command(argv, environment, directory, limit);
    }

    /** The program's own name, for messages. */
    public String program() {
        String first = argv.getFirst();
        return first.substring(first.lastIndexOf('/') + 1);
    }

    /** The arguments only; the environment may hold secrets. */
    @Override
    public String toString() {
        return String.join(" ", argv);
    }
}
