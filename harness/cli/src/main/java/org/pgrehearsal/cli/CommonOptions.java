package org.pgrehearsal.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every verb has. */
@Command(sortOptions = false)
@SuppressWarnings("UnusedVariable") // picocli acts on them
final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help and end.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and end.")
    private boolean version;

    @Option(names = "--verbose", description = "Show the whole of an error, with its stack trace.")
    private boolean verbose;

    @Option(names = "--no-install", description = "Install nothing: if something is missing, say what and end with 69.")
    private boolean noInstall; // obeyed by the launcher, which takes it out; listed here for the help
}
