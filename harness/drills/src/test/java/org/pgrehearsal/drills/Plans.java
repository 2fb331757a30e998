package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.course.Size;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.Terms;
import org.pgrehearsal.system.barman.BarmanCloud;
import org.pgrehearsal.system.chart.PgBackRestChart;
import org.pgrehearsal.system.chart.PgDumpChart;
import org.pgrehearsal.system.cnpg.CnpgBarman;
import org.pgrehearsal.system.cnpg.CnpgPgBackRest;
import org.pgrehearsal.system.dump.PgDump;
import org.pgrehearsal.system.pgbackrest.PgBackRest;

/** Plans over the repository's own features; nothing of them is ever started. */
final class Plans {
    static final Path HOME = Path.of("").toAbsolutePath().resolve("../..").normalize();

    private static final Path NOWHERE = Path.of("/nowhere");

    private Plans() {}

    static List<BackupSystem> systems() {
        Terms terms = Terms.ofDrills(Duration.ofSeconds(1));
        return List.of(
                new PgBackRest(NOWHERE.resolve("pgbackrest"), false, terms),
                new BarmanCloud(NOWHERE, terms),
                new PgDump());
    }

    static Plan of(List<BackupSystem> systems, @Nullable String scenario, boolean all) {
        return of(new PlatformChoice.Local(), systems, scenario, all);
    }

    private static Plan of(
            PlatformChoice platform, List<BackupSystem> systems, @Nullable String scenario, boolean all) {
        RunOptions options = new RunOptions(
                HOME,
                NOWHERE,
                platform,
                new StoreChoice.Embedded(),
                NOWHERE,
                systems.stream().map(BackupSystem::name).toList(),
                scenario,
                all,
                Size.SMALL,
                1,
                false,
                1,
                "");
        return Plan.of(options, systems, "run");
    }

    /** Every scenario on every system that it applies to, of every platform. */
    static Plan whole() {
        Plan local = of(systems(), null, true);
        Plan kubernetes = of(
                new PlatformChoice.K3s(),
                List.of(new CnpgBarman(), new CnpgPgBackRest(), new PgDumpChart(), new PgBackRestChart()),
                null,
                true);
        return new Plan(
                both(local.features(), kubernetes.features()),
                both(local.pickles(), kubernetes.pickles()),
                both(local.notApplicable(), kubernetes.notApplicable()));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
