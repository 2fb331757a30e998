package org.pgrehearsal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.await.Waiting;

class JanitorTest {
    @TempDir
    private Path folder;

    private Path work;

    @BeforeEach
    void chooseWorkDirectory() {
        work = folder.resolve("work");
    }

    @Test
    void aRunThatIsKilledLeavesNoProcessAndNoDirectory() throws Exception {
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        place(Janitor.class) + ":" + place(DoomedRun.class),
                        "-XX:TieredStopAtLevel=1",
                        DoomedRun.class.getName(),
                        work.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] pids;
        try (BufferedReader out = run.inputReader()) {
            pids = String.valueOf(out.readLine()).split(" ");
            assertThat(pids).hasSize(2);
            assertThat(pids).allMatch(pid -> Living.lives(Long.parseLong(pid)));
        } finally {
            run.destroyForcibly().waitFor();
        }
        assertThat(run.exitValue()).isEqualTo(128 + 9);

        Waiting.on("the janitor to remove the directory", Duration.ofSeconds(20))
                .until(() -> Files.exists(work), there -> !there);
        assertThat(pids).noneMatch(pid -> Living.lives(Long.parseLong(pid)));
    }

    @Test
    void aChildIsFoundWithoutTheCookie() throws IOException {
        Process child;
        try (Janitor janitor = Janitor.watch(work, UUID.randomUUID().toString(), false)) {
            child = runner(janitor).start(Command.of("env", "-i", "sleep", "600"), folder.resolve("log"));
            assertThat(Living.lives(child.pid())).isTrue();
        }
        assertThat(Living.lives(child.pid())).isFalse();
        assertThat(work).doesNotExist();
    }

    @Test
    void whatIgnoresTheFirstSignalIsKilled() throws IOException {
        Process child;
        try (Janitor janitor = Janitor.watch(work, UUID.randomUUID().toString(), false)) {
            child = runner(janitor)
                    .start(
                            Command.of("sh", "-c", "trap '' QUIT; touch ready; while :; do sleep 600; done"),
                            folder.resolve("log"));
            Waiting.on("the trap to be set", Duration.ofSeconds(10))
                    .until(() -> Files.exists(work.resolve("ready")), there -> there);
        }
        assertThat(Living.lives(child.pid())).isFalse();
    }

    @Test
    void theDirectoryStaysIfItIsToBeKept() throws IOException {
        Process child;
        try (Janitor janitor = Janitor.watch(work, UUID.randomUUID().toString(), true)) {
            child = runner(janitor).start(Command.of("sleep", "600"), folder.resolve("log"));
        }
        assertThat(Living.lives(child.pid())).isFalse();
        assertThat(work).isNotEmptyDirectory();
    }

    @Test
    void aSweepEndsWhatRunsAndLetsNothingStart() throws IOException {
        try (Janitor janitor = Janitor.watch(work, UUID.randomUUID().toString(), false)) {
            Runner runner = runner(janitor);
            Process child = runner.start(Command.of("sleep", "600"), folder.resolve("log"));

            janitor.sweep();

            assertThat(Living.lives(child.pid())).isFalse();
            assertThat(work).doesNotExist();
            assertThatThrownBy(() -> runner.run(Command.of("true"))).hasMessageContaining("the run is ending");
        }
    }

    @Test
    void aDirectoryThatIsThereAlreadyIsNotTaken() throws IOException {
        Files.createDirectory(work);
        Path file = Files.writeString(work.resolve("precious"), "mine");

        assertThatThrownBy(() -> Janitor.watch(work, UUID.randomUUID().toString(), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(work.toString());
        assertThat(file).hasContent("mine");
    }

    @Test
    void nobodyElseIsEnded() throws Exception {
        ProcessBuilder other = new ProcessBuilder("sleep", "600");
        other.environment().put(Janitor.COOKIE_VARIABLE, "of-another-run");
        Process bystander = other.start();
        try {
            try (Janitor _ = Janitor.watch(work, UUID.randomUUID().toString(), false)) {
                // as if a child had had this process id before
                Files.writeString(work.resolve("processes"), bystander.pid() + " 1\n", StandardOpenOption.APPEND);
            }
            assertThat(work).doesNotExist();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly().waitFor();
        }
    }

    @Test
    void aProcessThatHasEndedBeforeItIsNotedIsNoTrouble() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        try (Janitor janitor = Janitor.watch(work, UUID.randomUUID().toString(), false)) {
            janitor.note(new NotYetKnownToHaveEnded(ended.pid()));

            assertThat(work.resolve("processes")).isEmptyFile();
        }
    }

    private Runner runner(Janitor janitor) {
        return new Runner(
                new Account(System.getProperty("user.name"), false),
                work,
                janitor,
                new Transcript(folder.resolve("commands.log"), new Redaction()));
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
