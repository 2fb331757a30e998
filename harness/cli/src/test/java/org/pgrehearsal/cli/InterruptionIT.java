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
    private static final int EARLIEST = 50;
    private static final int LATEST = 20_000;

    // not the build's own directory: the path of a socket has 107 bytes
    @TempDir
    private Path place;

    @BeforeEach
    void open() throws IOException {
        Launched.openForPostgres(place);
    }

    /**
     * A way to be ended.
     *
     * @param exit what the program ends with: 128 and the number of the signal
     */
    private enum Way {
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

    private record Moment(Way way, int millis) {
        @Override
        public String toString() {
            return way + " after " + millis + " ms";
        }
    }

    private static Stream<Moment> moments() {
        Random random = new Random(Long.getLong("interruptions.seed", 3));
        int count = Integer.getInteger("interruptions", 6);
        // one moment in each part of the time, so that a few cover the start, the backup and the restore
        return IntStream.range(0, count)
                .mapToObj(number -> new Moment(
                        Way.values()[number % Way.values().length],
                        EARLIEST + (int) ((LATEST - EARLIEST) * Math.pow((number + random.nextDouble()) / count, 2))));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void nothingIsLeft(Moment moment) throws Exception {
        Traces traces = new Traces(Files.createDirectory(place.resolve("w")));
        try (Launched run = start()) {
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
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Files.readString(run.err()).contains(": write on"));
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
