package org.pgrehearsal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.course.Size;
import org.pgrehearsal.drills.NothingToRun;
import org.pgrehearsal.drills.Rehearsal;
import org.pgrehearsal.drills.RunOptions;
import org.pgrehearsal.drills.StoreChoice;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rehearse run}: takes backups, breaks things, restores, and judges. */
@Command(
        name = "run",
        description = "Takes real backups, damages copies of them, restores, and judges to the exact transaction.",
        versionProvider = Version.class,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    /** How much the sources do. */
    enum Scale {
        SMALL,
        MEDIUM,
        LARGE;

        Size size() {
            return switch (this) {
                case SMALL -> Size.SMALL;
                case MEDIUM -> Size.MEDIUM;
                case LARGE -> Size.LARGE;
            };
        }
    }

    /** Where backups go. */
    enum Store {
        EMBEDDED,
        EXTERNAL
    }

    @Mixin
    @SuppressWarnings("UnusedVariable") // adds its options to the command
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--system",
            split = ",",
            paramLabel = "NAME",
            description = "Backup systems, separated by commas: pgbackrest, barman-cloud, pg-dump (default: all).")
    private List<String> systems = new ArrayList<>(RunOptions.SYSTEMS);

    @Option(
            names = "--store",
            defaultValue = "embedded",
            paramLabel = "STORE",
            description =
                    "embedded (a server of the run's own), or external: any endpoint and bucket (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Store store;

    @Mixin
    private final BucketOptions external = new BucketOptions();

    @Option(
            names = "--scenario",
            paramLabel = "TEXT",
            description = "Run only scenarios that have this text in their name, also those beyond the default set.")
    private @Nullable String scenario;

    @Option(names = "--all", description = "Run the whole matrix, not only the representative set.")
    private boolean all;

    @Option(
            names = "--size",
            defaultValue = "small",
            paramLabel = "SIZE",
            description = "small (a few hundred MB), medium or large (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Scale size;

    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            description = "Seed of every random choice (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--keep", description = "Keep the work directory, to look around in it afterwards.")
    private boolean keep;

    @Option(names = "--json", description = "Print the report as JSON at the end, and nothing else on standard output.")
    private boolean json;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Drills side by side (default: twice the machine's cores, and one: many of them wait).")
    private int jobs = Runtime.getRuntime().availableProcessors() * 2 + 1;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "${env:TMPDIR}",
            description =
                    "Where drills put their clusters (default: $TMPDIR; without it /dev/shm if memory is plenty, else /tmp).")
    private @Nullable Path work;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            description = "Where run folders go (default: drills/ in the repository).")
    private @Nullable Path reports;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RunOptions options = options();
        try {
            return RunHandle.carryOut(spec.commandLine(), json, progress -> new Rehearsal(options, progress));
        } catch (NothingToRun e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private RunOptions options() {
        for (String system : systems) {
            if (!RunOptions.SYSTEMS.contains(system)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no backup system is called '%s'; there are: %s"
                                .formatted(system, String.join(", ", RunOptions.SYSTEMS)));
            }
        }
        if (jobs < 1) {
            throw new ParameterException(spec.commandLine(), "--jobs must be 1 or more, not " + jobs);
        }
        Path home = Home.path();
        if (!Files.isDirectory(home.resolve("features"))) {
            throw new ParameterException(
                    spec.commandLine(), "no features/ in " + home + ": start ./rehearse of a clone");
        }
        return new RunOptions(
                home,
                reports == null ? home.resolve("drills") : reports.toAbsolutePath(),
                store(),
                work == null ? null : work.toAbsolutePath(),
                systems.stream().distinct().toList(),
                scenario,
                all,
                size.size(),
                seed,
                keep,
                jobs,
                Outcome.command(spec.commandLine()));
    }

    private StoreChoice store() {
        return switch (store) {
            case EXTERNAL -> external.choice(spec.commandLine());
            case EMBEDDED -> {
                external.demandNone(spec.commandLine());
                yield new StoreChoice.Embedded();
            }
        };
    }
}
