package org.pgrehearsal.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The commands that a drill ran, one line each: when, how long, exit code, arguments; then, indented, what a failed one said. */
public final class Transcript {
    private final Path file;
    private final Redaction redaction;

    public Transcript(Path file, Redaction redaction) {
        this.file = file;
        this.redaction = redaction;
    }

    synchronized void note(Instant started, Duration took, String how, Command command, String said) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s %8.3fs %-8s %s%n", started, took.toNanos() / 1e9, how, command));
        said.lines().limit(60).forEach(line -> text.append("    ").append(line).append('\n'));
        try {
            Files.writeString(
                    file, redaction.apply(text.toString()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the transcript " + file + ": " + e.getMessage(), e);
        }
    }
}
