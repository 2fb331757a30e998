package org.pgrehearsal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rehearse lab}: a Kubernetes on this machine; its verbs are its subcommands. */
@Command(
        name = "lab",
        description = "A Kubernetes of one node on this machine, and the images that drills on it need.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        commandListHeading = "%nCommands:%n",
        subcommands = {LabUpCommand.class, LabImagesCommand.class, LabStatusCommand.class, LabDownCommand.class})
final class LabCommand implements Runnable {
    @Mixin
    @SuppressWarnings("UnusedVariable") // adds its options to the command
    private final CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: rehearse lab COMMAND");
    }
}
