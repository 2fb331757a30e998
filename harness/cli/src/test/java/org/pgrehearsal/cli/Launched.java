package org.pgrehearsal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as the launcher starts it. */
record Launched(Process process, Path out, Path err) implements AutoCloseable {
    /** The repository. */
    static final Path HOME = Path.of("").toAbsolutePath().resolve("../..").normalize();

    /**
     * Starts the program as the leader of a process group, as a shell at a terminal does.
     *
     * @param place       where its output goes
     * @param before      a command that becomes the program, such as {@code unshare …}; may be empty
     * @param environment variables to set; those with an empty value are taken away
     */
    static Launched start(Path place, List<String> before, Map<String, String> environment, List<String> arguments)
            throws IOException {
        // a build in the background of a shell ignores Ctrl-C, and what it starts would inherit that
        List<String> argv = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
        argv.addAll(before);
        argv.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Drehearse.home=" + HOME,
                "-cp",
                System.getProperty("java.class.path"),
                Rehearse.class.getName()));
        argv.addAll(arguments);
        Path out = Files.createTempFile(place, "out", ".txt");
        Path err = Files.createTempFile(place, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(argv);
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return new Launched(
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
    }

    /** Lets the user that PostgreSQL runs as through a temporary directory, which is closed to all others when it is made. */
    static void openForPostgres(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** Waits for the end; empty if it did not come in time. */
    Optional<Integer> exitWithin(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? Optional.of(process.exitValue()) : Optional.empty();
    }

    /** Sends a signal to the program, or to its whole process group as a terminal does. */
    void signal(String name, boolean group) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", name, "--", (group ? "-" : "") + process.pid())
                .inheritIO()
                .start()
                .waitFor();
    }

    List<String> errors() throws IOException {
        return Files.readAllLines(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
