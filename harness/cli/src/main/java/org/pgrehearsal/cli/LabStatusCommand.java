package org.pgrehearsal.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.pgrehearsal.lab.ImageSource;
import org.pgrehearsal.lab.KeptNode;
import org.pgrehearsal.lab.Lab;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

/** {@code rehearse lab status}: what there is. */
@Command(
        name = "status",
        description = "Says whether a node is up, where its kubeconfig is, and which images are there.",
        versionProvider = Version.class,
        sortOptions = false)
final class LabStatusCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("UnusedVariable") // adds its options to the command
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final LabOptions options = new LabOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        KeptNode kept = LabOptions.kept();
        out.println(kept.holder()
                .map(process -> kept.isReady()
                        ? "node: up, held by process %d; export KUBECONFIG=%s"
                                .formatted(process.pid(), kept.kubeconfig())
                        : "node: starting, by process %d (log: %s)".formatted(process.pid(), kept.log()))
                .orElse("node: none; rehearse lab up"));
        try (Lab lab = Lab.open(Home.path())) {
            if (options.source() == ImageSource.PULLED) {
                out.println("images: pulled when they are needed");
            } else {
                lab.stock(options.users(lab, spec.commandLine()))
                        .forEach(image -> out.printf("%-8s %s%n", image.there() ? "built" : "missing", image.image()));
            }
        }
        out.flush();
        return ExitCode.PROVED.number();
    }
}
