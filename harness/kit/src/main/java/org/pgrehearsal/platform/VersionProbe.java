package org.pgrehearsal.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts a program to ask for its version. It stands apart from the processes of drills: nothing to redact, nothing to keep. */
final class VersionProbe {
    /** The first thing that looks like a version: 15.18, 2.45, v1.5.4, 19beta1; not the 64 of "64-bit". */
    private static final Pattern VERSION =
            Pattern.compile("(?<![0-9.])([0-9]+(?:\\.[0-9]+)+|[0-9]+(?:beta|rc|devel)[0-9]*)");

    private static final int DEADLINE_SECONDS = 10;

    private VersionProbe() {}

    static Optional<String> ask(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            return answer(process);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A version is a line or two, so it fits the pipe and may be read after the end. */
    private static Optional<String> answer(Process process) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return Optional.empty();
            }
            return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    static Optional<String> parse(String output) {
        Matcher matcher = VERSION.matcher(output);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
