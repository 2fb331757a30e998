package org.pgrehearsal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.course.Size;
import org.pgrehearsal.drills.NothingToRun;
import org.pgrehearsal.drills.PlatformChoice;
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
        TINY,
        SMALL,
        MEDIUM,
        LARGE;

        Size size() {
            return switch (this) {
                case TINY -> Size.TINY;
                case SMALL -> Size.SMALL;
                case MEDIUM -> Size.MEDIUM;
                case LARGE -> Size.LARGE;
            };
        }
    }

    /** Where drills take place. */
    enum Platform {
        LOCAL,
        K3S,
        CLUSTER
    }

    /** Where backups go. */
    enum Store {
        EMBEDDED,
        GARAGE,
        EXTERNAL
    }

    @Mixin
    @SuppressWarnings("UnusedVariable") // adds its options to the command
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--system",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Backup systems, separated by commas: pgbackrest, barman-cloud, pg-dump; on Kubernetes cnpg-barman, cnpg-pgbackrest, pgdump-chart, pgbackrest-chart (default: all of the platform).")
    private List<String> systems = new ArrayList<>();

    @Option(
            names = "--platform",
            defaultValue = "local",
            paramLabel = "PLATFORM",
            description =
                    "local (processes on this machine), k3s (a Kubernetes in a container), or cluster: a Kubernetes that exists,"
                            + " with the operators in it (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Platform platform;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "With --platform cluster: the context of the kubeconfig, which must be given.")
    private @Nullable String context;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "That context once more, if its name is not that of a cluster for tests.")
    private @Nullable String confirmed;

    @Option(
            names = "--store",
            defaultValue = "embedded",
            paramLabel = "STORE",
            description =
                    "embedded (a server of the run's own), garage (of the run's Kubernetes), or external: any endpoint and bucket (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Store store;

    @Mixin
    private final BucketOptions external = new BucketOptions();

    @Option(
            names = "--scenario",
            paramLabel = "TEXT",
            description =
                    "Run only scenarios that have this text in their name, or one of several texts with | between them, also those beyond the default set.")
    private @Nullable String scenario;

    @Option(
            names = "--all",
            description = "Run the whole matrix, not only the representative set (on Kubernetes always).")
    private boolean all;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description =
                    "tiny (some tens of MB), small (a few hundred MB), medium or large (default: small; tiny on Kubernetes).")
    private @Nullable Scale size;

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
        PlatformChoice place = platform();
        StoreChoice backups = store();
        for (String system : systems) {
            if (!place.systems().contains(system)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "the platform %s has no backup system '%s'; it has: %s"
                                .formatted(place.label(), system, String.join(", ", place.systems())));
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
                place,
                backups,
                work == null ? null : work.toAbsolutePath(),
                systems.isEmpty()
                        ? place.systems()
                        : systems.stream().distinct().toList(),
                scenario,
                all || place.runsAll(),
                size == null ? place.size() : size.size(),
                seed,
                keep,
                jobs,
                Outcome.command(spec.commandLine()));
    }

    private PlatformChoice platform() {
        return switch (platform) {
            case LOCAL -> withoutContext(new PlatformChoice.Local());
            case K3S -> withoutContext(new PlatformChoice.K3s());
            case CLUSTER -> {
                if (context == null) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "--platform cluster wants --context, so that no cluster is taken by mistake");
                }
                PlatformChoice.Existing cluster = new PlatformChoice.Existing(context);
                if (!cluster.looksLikeOneForTests() && !context.equals(confirmed)) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "the context '" + context
                                    + "' does not look like a cluster for tests, such as kind-…, k3d-… or"
                                    + " one with test, drill or lab in its name; if you mean it, add --confirm "
                                    + context);
                }
                yield cluster;
            }
        };
    }

    private PlatformChoice withoutContext(PlatformChoice choice) {
        if (context != null || confirmed != null) {
            throw new ParameterException(spec.commandLine(), "--context and --confirm go with --platform cluster only");
        }
        return choice;
    }

    private StoreChoice store() {
        return switch (store) {
            case EXTERNAL -> external.choice(spec.commandLine());
            case GARAGE -> {
                if (platform != Platform.K3S) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "--store garage goes with --platform k3s only; elsewhere name yours by --store external");
                }
                external.demandNone(spec.commandLine());
                yield new StoreChoice.Garage();
            }
            case EMBEDDED -> {
                external.demandNone(spec.commandLine());
                yield new StoreChoice.Embedded();
            }
        };
    }
}
