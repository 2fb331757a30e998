package org.pgrehearsal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.evidence.ReportJson;
import org.pgrehearsal.evidence.ReportText;
import org.pgrehearsal.evidence.RunFolder;
import org.pgrehearsal.evidence.RunRecord;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rehearse report}: prints a run's table again, and opens its page. */
@Command(
        name = "report",
        description = "Prints the table of a run and opens its page where there is a desktop.",
        versionProvider = Version.class,
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("UnusedVariable") // adds its options to the command
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RUN",
            defaultValue = "latest",
            description = "The run's id: the name of its folder (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String run;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            description = "Where run folders are (default: drills/ in the repository).")
    private @Nullable Path reports;

    @Option(names = "--no-open", description = "Only print.")
    private boolean noOpen;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path root = reports == null ? Home.path().resolve("drills") : reports.toAbsolutePath();
        RunFolder folder = RunFolder.open(root, run);
        RunRecord read = ReportJson.read(folder.path().resolve(RunFolder.JSON));
        Path page = folder.path().resolve(RunFolder.HTML);
        var out = spec.commandLine().getOut();
        out.println(ReportText.render(read, Terminal.width(), Terminal.hasColours()));
        out.println();
        out.println("report: " + page);
        out.flush();
        if (!noOpen && System.getenv("DISPLAY") != null) {
            new ProcessBuilder("xdg-open", page.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
        return ExitCode.PROVED.number();
    }
}
