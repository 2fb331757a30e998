package org.pgrehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class RehearseTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine = Rehearse.commandLine()
            .addSubcommand(new Failing())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--bogus",
                "doctor --bogus",
                "nosuchverb",
                "",
                "doctor --work",
                "run --bucket b",
                "run --store external --bucket b",
                "run --store external --endpoint ftp://localhost --bucket b --keys /dev/null",
                "run --store external --endpoint https://localhost --bucket b --ca /no/such/file",
                "verify --endpoint https://localhost --bucket b",
                "lab",
                "lab nosuchverb",
                "lab up --images nowhere",
                "verify --system pgbackrest --endpoint https://localhost --bucket b --keys /no/such/file"
            })
    void wrongUsageIsOneLineWithAHintAndExits64(String arguments) {
        assertThat(execute(arguments)).isEqualTo(64);
        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("rehearse: ")
                .contains("Try: rehearse", "--help");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "run --platform cluster, --platform cluster wants --context",
        "run --context somewhere, --context and --confirm go with --platform cluster only",
        "run --confirm somewhere, --context and --confirm go with --platform cluster only",
        "run --platform cluster --context prod, the context 'prod' does not look like a cluster for tests",
        "run --platform cluster --context prod --confirm production, add --confirm prod",
        "run --platform k3s --system pgbackrest, the platform k3s has no backup system 'pgbackrest'",
        "run --store garage, --store garage goes with --platform k3s only",
    })
    void whatDoesNotGoTogetherIsNamed(String arguments, String complaint) {
        assertThat(execute(arguments)).isEqualTo(64);
        assertThat(err.toString()).contains(complaint);
    }

    @Test
    void aWrongFlagIsNamed() {
        execute("doctor --jsno");
        assertThat(err.toString()).contains("--jsno", "rehearse doctor --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "doctor --help", "lab --help", "lab up --help"})
    void helpListsTheExitCodes(String arguments) {
        assertThat(execute(arguments)).isZero();
        assertThat(out.toString()).contains("Exit codes:");
        for (ExitCode code : ExitCode.values()) {
            assertThat(out.toString()).containsPattern("(?m)^ +" + code.number() + " ");
        }
    }

    @Test
    void versionIsOfTheProgramAndOfJava() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).contains("rehearse ", "Java " + Runtime.version());
    }

    @Test
    void anErrorIsOneLineAndExits70() {
        assertThat(execute("failing")).isEqualTo(70);
        assertThat(err.toString().lines()).containsExactly("rehearse: cannot read the moon: it is dark; wait");
    }

    @Test
    void verboseShowsTheWholeOfAnError() {
        assertThat(execute("--verbose failing")).isEqualTo(70);
        assertThat(err.toString()).contains("IllegalStateException", "\tat ");
    }

    @Test
    void doctorSaysInJsonWhetherTheMachineIsReadyAndExitsByIt(@TempDir Path work) throws IOException {
        int code = execute("doctor --json --work " + work);

        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertThat(code).isEqualTo(answer.get("ready").asBoolean() ? 0 : 69);
        assertThat(answer.get("machine").get("cores").asInt()).isPositive();
        assertThat(answer.get("items"))
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.fieldNames())
                        .toIterable()
                        .containsExactly("name", "status", "found", "neededFor", "required", "remedy"));
    }

    private int execute(String arguments) {
        return commandLine.execute(Optional.of(arguments)
                .filter(text -> !text.isEmpty())
                .map(text -> text.split(" "))
                .orElse(new String[0]));
    }

    @Command(name = "failing")
    static final class Failing implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("cannot read the moon", new IOException("it is dark\nwait."));
        }
    }
}
