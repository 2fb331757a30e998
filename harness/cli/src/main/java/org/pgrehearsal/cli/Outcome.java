package org.pgrehearsal.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.evidence.ReportJson;
import org.pgrehearsal.evidence.ReportText;
import org.pgrehearsal.evidence.RunFolder;
import org.pgrehearsal.evidence.RunRecord;
import picocli.CommandLine;

/** What a person, or a program, is told at the end of a run. */
final class Outcome {
    private Outcome() {}

    static void print(RunRecord run, RunFolder folder, boolean json, PrintWriter out) {
        out.println(json ? ReportJson.render(run) : ReportText.render(run, Terminal.width(), Terminal.hasColours()));
        if (!json) {
            out.println();
            out.println("report: " + folder.path().resolve(RunFolder.HTML));
        }
        out.flush();
    }

    /** How to run the same again. */
    static String command(CommandLine commandLine) {
        List<String> arguments = new ArrayList<>(List.of("./rehearse"));
        commandLine
                .getParseResult()
                .originalArgs()
                .forEach(argument -> arguments.add(argument.contains(" ") ? "'" + argument + "'" : argument));
        return String.join(" ", arguments);
    }
}
