package org.pgrehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ends a run at random moments and looks for what it left. {@code -Dinterruptions=50} for more moments than in a normal build, and {@code
 * -Dinterruptions.seed=N} for others.
 */
class InterruptionIT {
    private static final Duration GRACE = Duration.ofSeconds(40);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Lines of progress before the last phase, in which a run may end by itself too soon. */
    private static final int PHASES = 10;

    private static final int MOST_LATER = 1_200;

    // not the build's own directory: the path of a socket has 107 bytes
    @TempDir
    private Path place;

    @BeforeEach
    void open() throws IOException {
        Launched.openForPostgres(place);
    }

    /** A way to be ended; the program's exit code is then 128 and the number of the signal. */
    enum Way {
        CTRL_C("INT", true, 130),
        TERM("TERM", false, 143),
        KILL("KILL", false, 137);

        private final String signal;
        private final boolean group;
        private final int exit;

        Way(String signal, boolean group, int exit) {
            this.signal = signal;
            this.group = group;
            this.exit = exit;
        }
    }

    /**
     * When to end it: so many lines of progress are to be seen first, so that a slow machine is caught in every phase as well as a fast one.
     *
     * @param millis how much later still
     */
    record Moment(Way way, int lines, int millis) {
        @Override
        public String toString() {
            return way + " " + millis + " ms after line " + lines;
        }
    }

    private static Stream<Moment> moments() {
        Random random = new Random(Long.getLong("interruptions.seed", 3));
        int count = Integer.getInteger("interruptions", 6);
        return IntStream.range(0, count)
                .mapToObj(number -> new Moment(
                        Way.values()[number % Way.values().length],
                        number * PHASES / count,
                        random.nextInt(MOST_LATER)));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void nothingIsLeft(Moment moment) throws Exception {
        Traces traces = new Traces(Files.createDirectory(place.resolve("w")));
        try (Launched run = start()) {
            await().atMost(PATIENCE).until(() -> run.errors().size() >= moment.lines());
            pause(moment.millis());
            assertThat(run.process().isAlive()).as("it still runs").isTrue();
            traces.remember(run.process().pid());
            run.signal(moment.way().signal, moment.way().group);

            assertThat(run.exitWithin(GRACE.toSeconds())).contains(moment.way().exit);
            assertNothingRuns(traces);
            assertThat(traces.files()).isEmpty();
            assertNoSecretIn(place.resolve("r"), traces);
            assertThat(place.resolve("r/latest")).doesNotExist();
            assertThat(run.errors())
                    .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"))
                    .filteredOn(line -> line.contains("interrupted"))
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void itSaysThatItWasInterruptedAndKeepsTheDirectoryIfAsked() throws Exception {
        Traces traces = new Traces(Files.createDirectory(place.resolve("w")));
        try (Launched run = start("--keep")) {
            await().atMost(PATIENCE).until(() -> Files.readString(run.err()).contains(": write on"));
            traces.remember(run.process().pid());
            assertThat(traces.processes()).hasSizeGreaterThan(2);
            assertThat(traces.portsSeen()).isGreaterThan(1);
            assertThat(traces.secrets()).isNotEmpty();
            run.signal("INT", true);

            assertThat(run.exitWithin(GRACE.toSeconds())).contains(130);
            assertNothingRuns(traces);
            assertThat(traces.files())
                    .hasSize(1)
                    .first()
                    .satisfies(kept -> assertThat(kept.resolve("store")).isDirectory());
            assertThat(run.errors()).last().asString().contains("interrupted");
            assertNoSecretIn(place.resolve("r"), traces);
        }
    }

    private static void assertNothingRuns(Traces traces) {
        await().atMost(GRACE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            assertThat(traces.processes()).isEmpty();
            assertThat(traces.ports()).isEmpty();
        });
    }

    private static void assertNoSecretIn(Path folder, Traces traces) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertThat(traces.secrets()).as(file.toString()).noneMatch(text::contains);
            }
        }
    }

    private Launched start(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--system",
                "pgbackrest",
                "--scenario",
                "every acknowledged commit is back",
                "--work",
                place.resolve("w").toString(),
                "--reports",
                place.resolve("r").toString()));
        arguments.addAll(List.of(more));
        return Launched.start(place, List.of(), Map.of(), arguments);
    }

    /** Lets time pass: the moment is what is tested, so there is no condition to wait for. */
    private static void pause(int millis) {
        await().pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofMillis(millis + 1000L))
                .until(() -> true);
    }
}
