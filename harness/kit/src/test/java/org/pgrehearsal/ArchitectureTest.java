package org.pgrehearsal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The arrows between the kit's packages. */
class ArchitectureTest {
    private static final JavaClasses KIT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.pgrehearsal");

    @Test
    void theKitKnowsNoTestFrameworkAndNoCommandLine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.cucumber..", "org.junit..", "net.jqwik..", "org.assertj..", "picocli..")
                .because("the command line and the drills are built on the kit, not into it")
                .check(KIT);
    }

    @Test
    void theKitKnowsNothingThatIsBuiltOnIt() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.pgrehearsal.drills..", "org.pgrehearsal.cli..", "org.pgrehearsal.bench..")
                .because("arrows go one way: the command line and the drills use the kit")
                .check(KIT);
    }

    @Test
    void theCheckerIsPure() {
        classes()
                .that()
                .resideInAPackage("org.pgrehearsal.check..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.util..",
                        "java.security..",
                        "java.time..",
                        "org.jspecify..",
                        "org.pgrehearsal.ledger",
                        "org.pgrehearsal.wal",
                        "org.pgrehearsal.verdict",
                        "org.pgrehearsal.check")
                .because("what judges must be understood alone: no I/O, no library")
                .check(KIT);
    }

    @Test
    void theCheckerHasNoClock() {
        noClasses()
                .that()
                .resideInAPackage("org.pgrehearsal.check..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .because("the same facts must always come to the same verdict")
                .check(KIT);
    }

    @Test
    void theKitPrintsNothing() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("what is printed is the command line's business")
                .check(KIT);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because("waiting is for a named condition")
                .check(KIT);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("org.pgrehearsal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(KIT);
    }
}
