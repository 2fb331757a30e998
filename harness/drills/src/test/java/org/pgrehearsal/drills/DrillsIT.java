package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.pgrehearsal.course.Size;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.evidence.RunFolder;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.verdict.Verdict;

/**
 * The features on every backup system of the local platform: the default set, or the whole matrix with {@code -Drehearse.all=true}. One test for each
 * drill, which passes if it is proved.
 */
class DrillsIT {
    private static final PlatformChoice LOCAL = new PlatformChoice.Local();
    private static final Path HOME =
            Path.of("").toAbsolutePath().resolve("../..").normalize();

    @TestFactory
    Stream<DynamicTest> drills() {
        boolean all = Boolean.getBoolean("rehearse.all");
        RunOptions options = new RunOptions(
                HOME,
                HOME.resolve("drills"),
                LOCAL,
                new StoreChoice.Embedded(),
                Path.of(System.getProperty("java.io.tmpdir")),
                LOCAL.systems(),
                null,
                all,
                Size.SMALL,
                Long.getLong("rehearse.seed", 42),
                false,
                Runtime.getRuntime().availableProcessors() * 2 + 1,
                "mvn verify" + (all ? " -Drehearse.all=true" : ""));
        try (Rehearsal rehearsal = new Rehearsal(options, new Silent())) {
            RunRecord run = new DrillRunner(rehearsal).run();
            Reports.write(rehearsal, run);
            List<DynamicTest> tests = new ArrayList<>();
            run.drills().forEach(drill -> tests.add(test(drill)));
            tests.add(DynamicTest.dynamicTest("the run", () -> {
                assertThat(run.exitCode()).isZero();
                assertThat(run.systems()).containsExactlyInAnyOrderElementsOf(LOCAL.systems());
                assertThat(run.drills()).filteredOn(DrillRecord::control).isNotEmpty();
                assertThat(run.notApplicable())
                        .allSatisfy(cell -> assertThat(cell.reason()).isNotBlank());
                assertThat(rehearsal.folder().path().resolve(RunFolder.HTML)).isNotEmptyFile();
            }));
            return tests.stream();
        }
    }

    private static DynamicTest test(DrillRecord drill) {
        return DynamicTest.dynamicTest(
                drill.system() + ": " + drill.scenario(),
                () -> assertThat(drill.verdict()).as(drill.summary()).isInstanceOf(Verdict.Proved.class));
    }
}
