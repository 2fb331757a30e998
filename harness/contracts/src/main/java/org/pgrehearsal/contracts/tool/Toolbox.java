package org.pgrehearsal.contracts.tool;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Finished;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;

/** The tools of this machine, and a work directory that goes away with the box. */
public final class Toolbox implements AutoCloseable {
    private final Path home;
    private final Path work;
    private final Janitor janitor;
    private final Runner runner;

    private Toolbox(Path home, Path work, Janitor janitor) {
        this.home = home;
        this.work = work;
        this.janitor = janitor;
        this.runner = new Runner(
                new Account(System.getProperty("user.name"), false),
                work,
                janitor,
                new Transcript(work.resolve("commands.log"), new Redaction()));
    }

    /** The box at the place where scripts/tools puts it; tools may be missing from it. */
    public static Toolbox open() {
        String id = UUID.randomUUID().toString();
        Path work = Path.of(System.getProperty("java.io.tmpdir"), "contracts-" + id);
        try {
            return new Toolbox(cache().resolve("tools"), work, Janitor.watch(work, id, false));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the work directory " + work + ": " + e.getMessage(), e);
        }
    }

    /** The same rule as scripts/lib/machine.sh. */
    private static Path cache() {
        String chosen = System.getenv("REHEARSE_CACHE");
        if (chosen != null && !chosen.isEmpty()) {
            return Path.of(chosen);
        }
        if ("root".equals(System.getProperty("user.name"))) {
            return Path.of("/var/cache/pgrehearsal");
        }
        String base = System.getenv("XDG_CACHE_HOME");
        return (base != null && !base.isEmpty() ? Path.of(base) : Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("pgrehearsal");
    }

    /** Those of the given tools that are not there, by name. */
    public List<String> missing(Tool... tools) {
        List<String> missing = new ArrayList<>();
        for (Tool tool : tools) {
            if (find(tool).isEmpty()) {
                missing.add(tool.program());
            }
        }
        return missing;
    }

    private Optional<Path> find(Tool tool) {
        if (tool.pinned()) {
            return Optional.of(home.resolve("bin").resolve(tool.program())).filter(Files::isExecutable);
        }
        return Arrays.stream(
                        System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool.program()))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The schemas of Kubernetes' own kinds. */
    public Path builtinSchemas() {
        return home.resolve("schemas/builtin");
    }

    /** What was read from the operators' sources: their CustomResourceDefinitions and the names of their metrics. */
    public Path operators() {
        return home.resolve("crds");
    }

    /** A new directory for somebody's files. */
    public Path directory(String name) {
        try {
            return Files.createTempDirectory(work, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a work directory: " + e.getMessage(), e);
        }
    }

    /** Runs a tool to its end; any exit code is an answer. */
    public Finished run(Tool tool, Path directory, Map<String, String> environment, List<?> arguments) {
        Path program = find(tool)
                .orElseThrow(
                        () -> new IllegalStateException(tool.program() + " is missing: run scripts/setup --for tests"));
        List<String> argv = Stream.concat(Stream.of(program), arguments.stream())
                .map(Object::toString)
                .toList();
        return runner.run(Command.of(argv).with(environment).in(directory).within(Duration.ofMinutes(2)));
    }

    /** Runs a tool to its end; any exit code is an answer. */
    public Finished run(Tool tool, Path directory, Object... arguments) {
        return run(tool, directory, Map.of(), Arrays.asList(arguments));
    }

    /** Writes a file with all the directories above it. */
    public static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        janitor.close();
    }
}
