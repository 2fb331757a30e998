package org.pgrehearsal.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pgrehearsal.platform.Machine;
import org.pgrehearsal.platform.Preflight;
import org.pgrehearsal.platform.PreflightItem;
import org.pgrehearsal.platform.Toolbox;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rehearse doctor}: what the machine has, what is missing, and what brings it. */
@Command(
        name = "doctor",
        description = "Says what this machine has for drills, what is missing, and the remedy. Installs nothing.",
        versionProvider = Version.class,
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("UnusedVariable") // adds its options to the command
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "${env:TMPDIR:-/tmp}",
            description = "Where drills put their clusters (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path work;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Machine machine = Machine.current();
        List<PreflightItem> items = new Preflight(Toolbox.ofThisMachine(), machine).examine(work);
        var out = spec.commandLine().getOut();
        out.println(json ? toJson(machine, items) : DoctorTable.of(machine, items));
        out.flush();
        return (ready(items) ? ExitCode.PROVED : ExitCode.MACHINE).number();
    }

    private static boolean ready(List<PreflightItem> items) {
        return items.stream().noneMatch(PreflightItem::blocks);
    }

    private static String toJson(Machine machine, List<PreflightItem> items) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("system", machine.system());
        facts.put("kernel", machine.kernel());
        facts.put("architecture", machine.architecture());
        facts.put("cores", machine.cores());
        facts.put("memoryBytes", machine.memoryBytes());
        facts.put("jdk", machine.jdk());
        facts.put("user", machine.user());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ready", ready(items));
        answer.put("machine", facts);
        answer.put("items", items);
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(answer);
    }
}
