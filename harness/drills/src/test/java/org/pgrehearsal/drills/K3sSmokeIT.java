package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.pgrehearsal.course.Size;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.system.cnpg.CnpgBarman;
import org.pgrehearsal.verdict.Verdict;

/** Of every kind of drill one on a real operator: a backup restored to a time, and a damage that must be found. By {@code mvn verify -Pk3s}. */
@Tag("k3s")
class K3sSmokeIT {
    private static final List<String> SCENARIOS = List.of(
            "every acknowledged commit is back",
            "to the time between two neighbouring commits",
            "a WAL segment in the middle is missing");

    private static final Path HOME =
            Path.of("").toAbsolutePath().resolve("../..").normalize();

    @TestFactory
    Stream<DynamicTest> drills() {
        PlatformChoice platform = new PlatformChoice.K3s();
        RunOptions options = new RunOptions(
                HOME,
                HOME.resolve("drills"),
                platform,
                new StoreChoice.Embedded(),
                null,
                List.of(CnpgBarman.NAME),
                String.join("|", SCENARIOS),
                false,
                Size.TINY,
                42,
                false,
                SCENARIOS.size(),
                "mvn verify -Pk3s");
        try (Rehearsal rehearsal = new Rehearsal(options, new Silent())) {
            RunRecord run = new DrillRunner(rehearsal).run();
            Reports.write(rehearsal, run);
            assertThat(run.drills()).extracting(DrillRecord::scenario).containsExactlyInAnyOrderElementsOf(SCENARIOS);
            return run.drills().stream().map(K3sSmokeIT::test);
        }
    }

    private static DynamicTest test(DrillRecord drill) {
        return DynamicTest.dynamicTest(
                drill.system() + ": " + drill.scenario(),
                () -> assertThat(drill.verdict()).as(drill.summary()).isInstanceOf(Verdict.Proved.class));
    }
}
