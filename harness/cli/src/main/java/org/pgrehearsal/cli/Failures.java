package org.pgrehearsal.cli;

import java.util.Objects;
import org.pgrehearsal.evidence.EvidenceException;
import org.pgrehearsal.platform.MachineException;
import org.pgrehearsal.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person sees when something went wrong: one line, and the exit code that says whose fault it was. */
final class Failures {
    private Failures() {}

    static int wrongUsage(ParameterException failure, String[] arguments) {
        CommandLine commandLine = failure.getCommandLine();
        String name = commandLine.getCommandSpec().qualifiedName();
        commandLine.getErr().printf("rehearse: %s. Try: %s --help%n", usageLine(failure), name);
        return ExitCode.USAGE.number();
    }

    private static String usageLine(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String suggestion = unmatched.getSuggestions().stream()
                    .findFirst()
                    .map(" (did you mean %s?)"::formatted)
                    .orElse("");
            return "no such command or argument: '%s'%s"
                    .formatted(String.join(" ", unmatched.getUnmatched()), suggestion);
        }
        return oneLine(failure);
    }

    static int duringExecution(Exception failure, CommandLine commandLine, ParseResult arguments) {
        if (arguments.expandedArgs().contains("--verbose")
                || arguments.originalArgs().contains("--verbose")) {
            failure.printStackTrace(commandLine.getErr());
        } else {
            commandLine.getErr().printf("rehearse: %s%n", oneLine(failure));
        }
        return codeOf(failure).number();
    }

    static ExitCode codeOf(Exception failure) {
        return switch (failure) {
            case MachineException _, EvidenceException _, StoreException _ -> ExitCode.MACHINE;
            default -> ExitCode.INTERNAL;
        };
    }

    /** The message, of the cause too if it says more; a failure without any is named by its class. */
    private static String oneLine(Throwable failure) {
        String message = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        Throwable cause = failure.getCause();
        if (cause != null && cause.getMessage() != null && !message.contains(cause.getMessage())) {
            message = message + ": " + cause.getMessage();
        }
        return message.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("\\.$", "");
    }
}
