package org.pgrehearsal.cli;

import java.nio.file.Path;

/** The repository that the launcher was started from: the system property {@code rehearse.home}, else the current directory. */
final class Home {
    private Home() {}

    static Path path() {
        return Path.of(System.getProperty("rehearse.home", "")).toAbsolutePath();
    }
}
