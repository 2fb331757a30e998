package org.pgrehearsal.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pgrehearsal.lab.KeptNode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

/** {@code rehearse lab down}: takes the node away, with all that is on it. */
@Command(
        name = "down",
        description = "Takes the node of `rehearse lab up` away, with all that is on it. Images stay.",
        versionProvider = Version.class,
        sortOptions = false)
final class LabDownCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("UnusedVariable") // adds its options to the command
    private final CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        KeptNode kept = LabOptions.kept();
        Optional<ProcessHandle> holder = kept.holder();
        if (holder.isPresent()) {
            kept.end(holder.get());
        }
        spec.commandLine().getOut().println(holder.isPresent() ? "the node is gone" : "there is no node");
        spec.commandLine().getOut().flush();
        return ExitCode.PROVED.number();
    }
}
