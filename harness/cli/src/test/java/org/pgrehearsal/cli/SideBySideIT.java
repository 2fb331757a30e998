package org.pgrehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.evidence.ReportJson;
import org.pgrehearsal.evidence.RunFolder;
import org.pgrehearsal.evidence.RunRecord;

/** Two runs at once, on one machine and with one place for their reports. */
class SideBySideIT {
    @TempDir
    private Path place;

    @Test
    void twoRunsDoNotDisturbEachOther() throws Exception {
        Launched.openForPostgres(place);
        try (Launched first = start(1);
                Launched second = start(2)) {
            assertThat(first.exitWithin(300))
                    .as(String.join("\n", first.errors()))
                    .contains(0);
            assertThat(second.exitWithin(300))
                    .as(String.join("\n", second.errors()))
                    .contains(0);
        }
        List<Path> folders;
        try (Stream<Path> entries = Files.list(place.resolve("r"))) {
            folders = entries.filter(entry -> !Files.isSymbolicLink(entry)).toList();
        }
        assertThat(folders).hasSize(2);
        assertThat(folders.stream().map(folder -> ReportJson.read(folder.resolve(RunFolder.JSON))))
                .allSatisfy(run -> assertThat(run.drills())
                        .singleElement()
                        .satisfies(drill -> assertThat(drill.outcome()).isEqualTo("PROVED")))
                .extracting(RunRecord::seed)
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(folders)
                .contains(RunFolder.open(place.resolve("r"), RunFolder.LATEST)
                        .path()
                        .toRealPath());
        assertThat(new Traces(place.resolve("w")).files()).isEmpty();
        assertThat(new Traces(place.resolve("w")).processes()).isEmpty();
    }

    private Launched start(int seed) throws IOException {
        return Launched.start(
                place,
                List.of(),
                Map.of(),
                List.of(
                        "run",
                        "--system",
                        "pgbackrest",
                        "--scenario",
                        "every acknowledged commit is back",
                        "--seed",
                        Integer.toString(seed),
                        "--work",
                        place.resolve("w").toString(),
                        "--reports",
                        place.resolve("r").toString()));
    }
}
