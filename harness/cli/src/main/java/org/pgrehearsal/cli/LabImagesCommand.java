package org.pgrehearsal.cli;

import java.util.concurrent.Callable;
import org.pgrehearsal.lab.ImageSource;
import org.pgrehearsal.lab.Lab;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

/** {@code rehearse lab images}: builds what is not there. */
@Command(
        name = "images",
        description = {
            "Builds the images that cannot be pulled here, from package registries; each once for what it is made from.",
            "The first time takes up to half an hour; where a container registry answers there is nothing to do."
        },
        versionProvider = Version.class,
        sortOptions = false)
final class LabImagesCommand implements Callable<Integer> {
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
        try (Lab lab = Lab.open(Home.path())) {
            options.bring(lab, spec.commandLine());
            if (options.source() == ImageSource.PULLED) {
                spec.commandLine()
                        .getOut()
                        .println("nothing to build: a container registry answers, and the node pulls what it needs");
            }
        }
        return ExitCode.PROVED.number();
    }
}
