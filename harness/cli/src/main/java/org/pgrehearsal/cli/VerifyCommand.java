package org.pgrehearsal.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.drills.VerifyOptions;
import org.pgrehearsal.drills.VerifyRun;
import org.pgrehearsal.system.Terms;
import org.pgrehearsal.system.barman.BarmanCloud;
import org.pgrehearsal.system.pgbackrest.PgBackRest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rehearse verify}: proves a backup that somebody else took, read-only. */
@Command(
        name = "verify",
        description =
                "Restores one of your own backups to the last commit in its archive, and holds what comes back against"
                        + " the archived log. Your bucket is only read.",
        versionProvider = Version.class,
        sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("UnusedVariable") // adds its options to the command
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--system", required = true, paramLabel = "NAME", description = "pgbackrest or barman-cloud.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String system;

    @Mixin
    private final BucketOptions bucket = new BucketOptions();

    @Option(names = "--stanza", paramLabel = "NAME", description = "pgBackRest's name for the source (default: main).")
    private @Nullable String stanza;

    @Option(names = "--server", paramLabel = "NAME", description = "barman's name for the source (default: main).")
    private @Nullable String server;

    @Option(
            names = "--backup",
            defaultValue = "latest",
            paramLabel = "LABEL",
            description = "The backup to restore (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String backup;

    @Option(
            names = "--user",
            defaultValue = "postgres",
            paramLabel = "NAME",
            description = "A superuser of your database (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String user;

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description =
                    "A setting of the restored server, which wins over what is read from the backup; can be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--patience",
            defaultValue = "240",
            paramLabel = "MINUTES",
            description =
                    "How long the restore, the replay or one look at all pages may take (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(names = "--keep", description = "Keep the work directory with the restored files.")
    private boolean keep;

    @Option(names = "--json", description = "Print the report as JSON at the end, and nothing else on standard output.")
    private boolean json;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "${env:TMPDIR:-/tmp}",
            description = "Where the backup is restored to; it needs room for all of it (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path work;

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
        VerifyOptions options = options(spec.commandLine());
        return RunHandle.carryOut(spec.commandLine(), json, progress -> new VerifyRun(options, progress));
    }

    private VerifyOptions options(CommandLine commandLine) {
        if (patience < 1) {
            throw new ParameterException(commandLine, "--patience must be 1 or more, not " + patience);
        }
        return new VerifyOptions(
                reports == null ? Home.path().resolve("drills") : reports.toAbsolutePath(),
                work.toAbsolutePath(),
                bucket.choice(commandLine),
                system,
                name(commandLine),
                backup.equals("latest") ? null : backup,
                user,
                settings,
                Duration.ofMinutes(patience),
                keep,
                Outcome.command(commandLine));
    }

    private String name(CommandLine commandLine) {
        String wrong = switch (system) {
            case PgBackRest.NAME -> server == null ? null : "--server is for barman-cloud; pgbackrest has --stanza";
            case BarmanCloud.NAME -> stanza == null ? null : "--stanza is for pgbackrest; barman-cloud has --server";
            default ->
                "backups of '%s' cannot be verified; those of %s can"
                        .formatted(system, String.join(" and ", VerifyRun.SYSTEMS));
        };
        if (wrong != null) {
            throw new ParameterException(commandLine, wrong);
        }
        String given = stanza == null ? server : stanza;
        return given == null ? Terms.OURS : given;
    }
}
