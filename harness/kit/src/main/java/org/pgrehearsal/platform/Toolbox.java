package org.pgrehearsal.platform;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the programs that drills run. Finding only looks at files, so it is cheap and is done anew at each call; asking for a version starts the
 * program.
 *
 * <p>PostgreSQL's programs are taken from one folder, so that they fit each other: {@code REHEARSE_PG_BIN} if it is set (and nowhere else then),
 * the newest {@code /usr/lib/postgresql/N/bin}, or the folder on the PATH that has {@code initdb}. barman-cloud is taken from the virtual
 * environment that {@code scripts/setup} makes under {@code REHEARSE_CACHE}, then from the PATH; all else from the PATH.
 */
public final class Toolbox {
    private static final Pattern MAJOR = Pattern.compile("[0-9]{1,4}");

    private final Map<String, String> environment;
    private final Path root;

    /**
     * @param environment the environment variables that say where to look
     * @param root the folder that stands for {@code /}
     */
    Toolbox(Map<String, String> environment, Path root) {
        this.environment = Map.copyOf(environment);
        this.root = root;
    }

    public static Toolbox ofThisMachine() {
        return new Toolbox(System.getenv(), Path.of("/"));
    }

    /** The executable's absolute path; empty if the machine does not have it. */
    public Optional<Path> find(Program program) {
        return switch (program.bundle()) {
            case POSTGRESQL -> postgresFolder().flatMap(folder -> executable(folder, program.command()));
            case BARMAN_CLOUD ->
                barmanFolder()
                        .flatMap(folder -> executable(folder, program.command()))
                        .or(() -> onPath(program.command()));
            case PGBACKREST, LZ4, ZSTD, DOCKER -> onPath(program.command());
        };
    }

    /**
     * The executable's absolute path.
     *
     * @throws MissingToolException if the machine does not have it
     */
    public Path require(Program program) {
        return find(program).orElseThrow(() -> new MissingToolException(program));
    }

    /** The program with its version, which means starting it: milliseconds for most, a tenth of a second for barman-cloud. */
    public Optional<Tool> describe(Program program) {
        return find(program)
                .map(path -> new Tool(program.command(), path, VersionProbe.ask(path, program.versionArguments())));
    }

    /** The programs of a bundle that are not there. */
    public List<Program> missing(Bundle bundle) {
        return Program.of(bundle).stream()
                .filter(program -> find(program).isEmpty())
                .toList();
    }

    /** The folder that all of PostgreSQL's programs are taken from; empty if there is no PostgreSQL server here. */
    public Optional<Path> postgresFolder() {
        String override = environment.getOrDefault("REHEARSE_PG_BIN", "");
        if (!override.isEmpty()) {
            return Optional.of(Path.of(override).toAbsolutePath()).filter(Files::isDirectory);
        }
        return children(root.resolve("usr/lib/postgresql"))
                .filter(folder -> MAJOR.matcher(folder.getFileName().toString()).matches())
                .filter(folder -> executable(folder.resolve("bin"), "initdb").isPresent())
                .max(Comparator.comparingInt(
                        folder -> Integer.parseInt(folder.getFileName().toString())))
                .map(folder -> folder.resolve("bin"))
                .or(() -> onPath("initdb").map(Path::getParent));
    }

    /**
     * The folder of PostgreSQL's programs of one major version: a backup can be restored by its own version only.
     *
     * @throws MachineException if the machine does not have it
     */
    public Path requirePostgres(int major) {
        Path packaged = root.resolve("usr/lib/postgresql")
                .resolve(Integer.toString(major))
                .resolve("bin");
        return postgresFolder()
                .filter(folder -> isMajor(folder, major))
                .or(() -> environment.getOrDefault("REHEARSE_PG_BIN", "").isEmpty()
                                && executable(packaged, "initdb").isPresent()
                        ? Optional.of(packaged)
                        : Optional.empty())
                .orElseThrow(() -> new MachineException(("PostgreSQL %d is not on this machine, and the backup is of"
                                + " that version. Remedy: install the package postgresql-%d, or set REHEARSE_PG_BIN to the"
                                + " folder of its programs")
                        .formatted(major, major)));
    }

    private static boolean isMajor(Path folder, int major) {
        return executable(folder, "postgres")
                .flatMap(program -> VersionProbe.ask(program, List.of("--version")))
                .filter(version -> version.startsWith(major + ".") || version.equals(Integer.toString(major)))
                .isPresent();
    }

    private Optional<Path> barmanFolder() {
        return children(cache())
                .filter(folder -> folder.getFileName().toString().startsWith("barman-"))
                .map(folder -> folder.resolve("bin"))
                .filter(folder -> executable(folder, "barman-cloud-backup").isPresent())
                .max(Comparator.naturalOrder());
    }

    /** Where set-up keeps what it makes: the same rule as in {@code scripts/lib/machine.sh}, for a start without the launcher. */
    public Path cache() {
        String override = environment.getOrDefault("REHEARSE_CACHE", "");
        if (!override.isEmpty()) {
            return Path.of(override).toAbsolutePath();
        }
        String home = environment.getOrDefault("HOME", "/");
        if (System.getProperty("user.name", "").equals("root")) {
            return root.resolve("var/cache/pgrehearsal");
        }
        return Path.of(environment.getOrDefault("XDG_CACHE_HOME", home + "/.cache"), "pgrehearsal");
    }

    private Optional<Path> onPath(String command) {
        return pathFolders().stream()
                .flatMap(folder -> executable(folder, command).stream())
                .findFirst();
    }

    private SequencedSet<Path> pathFolders() {
        SequencedSet<Path> folders = new LinkedHashSet<>();
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            // an empty entry means the working directory, where no program of ours is
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder).toAbsolutePath());
            }
        }
        return folders;
    }

    private static Optional<Path> executable(Path folder, String command) {
        Path path = folder.resolve(command);
        return Optional.of(path).filter(Files::isRegularFile).filter(Files::isExecutable);
    }

    private static Stream<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> listing = Files.list(folder)) {
            return listing.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + "; make it readable for this user", e);
        }
    }
}
