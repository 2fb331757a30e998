package org.pgrehearsal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code rehearse}: its verbs are its subcommands. */
@Command(
        name = "rehearse",
        description =
                "Takes PostgreSQL backups, breaks things, restores, and proves to the exact transaction what came back.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        commandListHeading = "%nCommands:%n",
        subcommands = {RunCommand.class, VerifyCommand.class, ReportCommand.class, DoctorCommand.class, LabCommand.class
        })
public final class Rehearse implements Runnable {
    @Mixin
    @SuppressWarnings("UnusedVariable") // adds its options to the command
    private final CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        Logging.configure();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Rehearse())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::duringExecution);
        showExitCodes(commandLine);
        return commandLine;
    }

    private static void showExitCodes(CommandLine commandLine) {
        commandLine
                .getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.list());
        commandLine.getSubcommands().values().forEach(Rehearse::showExitCodes);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: rehearse COMMAND");
    }
}
