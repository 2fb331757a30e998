package org.pgrehearsal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/** Warnings of libraries go to standard error, one line each. */
final class Logging {
    private Logging() {}

    static void configure() {
        try (InputStream configuration = Logging.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(configuration);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the logging configuration: " + e.getMessage(), e);
        }
    }
}
