package org.pgrehearsal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final Redaction redaction = new Redaction();
    private Path work;
    private Janitor janitor;
    private Runner runner;

    @BeforeEach
    void startJanitor() throws IOException {
        work = folder.resolve("work");
        janitor = Janitor.watch(work, UUID.randomUUID().toString(), false);
        runner = new Runner(
                new Account(System.getProperty("user.name"), false),
                work,
                janitor,
                new Transcript(folder.resolve("commands.log"), redaction));
    }

    @AfterEach
    void cleanUp() {
        janitor.close();
    }

    private static Command sh(String script) {
        return Command.of("sh", "-c", script);
    }

    @Test
    void anyExitCodeIsAnAnswer() {
        Finished finished = runner.run(sh("echo out; echo first >&2; echo why >&2; exit 3"));

        assertThat(finished.exit()).isEqualTo(3);
        assertThat(finished.succeeded()).isFalse();
        assertThat(finished.out()).isEqualTo("out\n");
        assertThat(finished.err()).isEqualTo("first\nwhy\n");
        assertThatExceptionOfType(CommandFailed.class)
                .isThrownBy(finished::orFail)
                .withMessage("sh failed with exit code 3: why");
        assertThat(runner.run(sh("exit 0")).orFail().lastWords()).isEqualTo("(it said nothing)");
    }

    @Test
    void aSignalShowsInTheExitCode() {
        assertThat(runner.run(sh("kill -TERM $$")).exit()).isEqualTo(128 + 15);
    }

    /** The program that makes the session is there, so the answer is its own: 127, as a shell says it. */
    @Test
    void aProgramThatIsNotThereIsNamed() {
        Finished finished = runner.run(Command.of(folder.resolve("no-such-program")));

        assertThatThrownBy(finished::orFail)
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith("no-such-program failed with exit code 127: ")
                .hasMessageContaining(folder.resolve("no-such-program").toString());
    }

    @Test
    void nothingIsStartedInADirectoryThatIsNotThere() {
        assertThatThrownBy(() -> runner.run(Command.of("true").in(folder.resolve("no-such-directory"))))
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith("cannot start true: ");
    }

    @Test
    void whatIsNotOverByItsDeadlineIsEndedWithItsChildren() throws IOException {
        Command command = sh("echo $$ >pids; sleep 600 & echo $! >>pids; wait").within(SECOND);

        assertThatExceptionOfType(CommandFailed.class)
                .isThrownBy(() -> runner.run(command))
                .withMessageStartingWith("sh did not end within 1 s and was ended: sh -c");

        long[] pids = Files.readAllLines(work.resolve("pids")).stream()
                .mapToLong(Long::parseLong)
                .toArray();
        assertThat(pids).hasSize(2);
        Living.awaitEnd(pids);
        assertThat(folder.resolve("commands.log")).content().contains(" too long sh -c");
    }

    @Test
    void theDeadlineHoldsAlsoForAnOutputThatAnOrphanKeepsOpen() {
        Instant started = Instant.now();

        // the JDK lets go of the output if nobody reads it at the moment when the command ends: then there is no error
        Throwable thrown =
                catchThrowable(() -> runner.run(sh("sleep 20 & exit 0").within(SECOND)));

        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(10));
        if (thrown != null) {
            assertThat(thrown)
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageStartingWith("sh has ended, but a process that it left behind holds its output open");
        }
    }

    @Test
    void aLotOfOutputIsReadToItsEndAndKeptInPart() {
        Finished finished = runner.run(Command.of("head", "-c", "30000000", "/dev/zero"));

        assertThat(finished.exit()).isZero();
        assertThat(finished.out()).hasSize(8 << 20);
    }

    @Test
    void standardInputIsEmpty() {
        assertThat(runner.run(Command.of("cat").within(SECOND)).exit()).isZero();
    }

    @Test
    void aCommandSeesNothingOfTheCallersEnvironmentButThePath() {
        List<String> seen = runner.run(Command.of("env").with(Map.of("PGUSER", "anna")))
                .orFail()
                .out()
                .lines()
                .toList();

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "PATH=" + System.getenv("PATH"),
                        "LC_ALL=C.UTF-8",
                        "TZ=UTC",
                        "HOME=" + work,
                        Janitor.COOKIE_VARIABLE + "=" + janitor.cookie(),
                        "PGUSER=anna");
    }

    @Test
    void runsWhereItIsTold() throws IOException {
        Path place = Files.createDirectory(folder.resolve("place"));

        assertThat(runner.run(Command.of("pwd")).out()).isEqualTo(work + "\n");
        assertThat(runner.run(Command.of("pwd").in(place)).out()).isEqualTo(place + "\n");
    }

    @Test
    void theTranscriptHasEveryCommandAndNoSecret() {
        redaction.add("password", "hunter2");

        runner.run(sh("echo fine"));
        runner.run(sh("echo no entry for hunter2 >&2; exit 4"));

        assertThat(folder.resolve("commands.log"))
                .content()
                .contains(" exit 0   sh -c echo fine\n")
                .contains(" exit 4   sh -c echo no entry for <password> >&2; exit 4\n    no entry for <password>\n")
                .doesNotContain("hunter2");
    }

    @Test
    void whatGoesOnByItselfWritesToItsFile() throws Exception {
        Path log = Files.writeString(folder.resolve("server.log"), "before\n");

        Process process = runner.start(sh("echo out; echo err >&2"), log);

        assertThat(process.waitFor()).isZero();
        assertThat(log).hasContent("before\nout\nerr");
    }
}
