package org.pgrehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads when a run cannot be: one line that names the thing and the remedy, and the exit code that says whose fault it is. */
class RunErrorsIT {
    private static final String SCENARIO = "every acknowledged commit is back";

    @TempDir
    private Path place;

    private Path work;
    private Path reports;

    @BeforeEach
    void open() throws IOException {
        Launched.openForPostgres(place);
        work = place.resolve("w");
        reports = place.resolve("r");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --system oracle                     | the platform local has no backup system 'oracle'; it has: pgbackrest
            --colour                            | Unknown option: '--colour'
            --scenario moonlight                | no scenario has "moonlight" in its name
            --system pg-dump --scenario inverse | no scenario has "inverse" in its name
            --system pg-dump --scenario clock   | pg-dump has no "to a time at which the clock ran backwards", because
            --jobs 0                            | --jobs must be 1 or more, not 0
            --seed moon                         | Invalid value for option '--seed'
            """)
    void wrongUsage(String arguments, String part) throws Exception {
        assertThat(run(64, List.of(), Map.of(), arguments.split(" "))).contains(part, "rehearse run --help");
        assertThat(work).doesNotExist();
        assertThat(reports).doesNotExist();
    }

    @Test
    void aWorkDirectoryThatCannotBeMade() throws Exception {
        work = Path.of("/sys/rehearse");
        assertThat(run(69, List.of(), Map.of())).contains("/sys/rehearse", "choose another place with --work");
        assertThat(reports).doesNotExist();
    }

    @Test
    void aWorkDirectoryThatIsAFile() throws Exception {
        Files.createFile(work);
        assertThat(run(69, List.of(), Map.of())).contains(work + " is a file", "--work");
    }

    @Test
    void aWorkDirectoryThatPostgresCannotEnter() throws Exception {
        assumeTrue(isRoot(), "only root runs PostgreSQL as another user");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
        assertThat(run(69, List.of(), Map.of())).contains("postgres", "cannot enter " + work, "--work");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aWorkDirectoryWithTooLongAName() throws Exception {
        work = place.resolve("d".repeat(100));
        assertThat(run(69, List.of(), Map.of())).contains("107", "choose a shorter place with --work");
        assertThat(work).doesNotExist();
    }

    @Test
    void tmpdirIsTheDefaultForWork() throws Exception {
        Path tmpdir = place.resolve("t".repeat(100));
        assertThat(launch(
                        69, List.of(), Map.of("TMPDIR", tmpdir.toString()), List.of("run", "--reports", "" + reports)))
                .contains(tmpdir.toString());
    }

    @Test
    void reportsThatCannotBeWritten() throws Exception {
        reports = Path.of("/sys/rehearse");
        assertThat(run(69, List.of(), Map.of())).contains("/sys/rehearse", "choose");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void reportsThatAreAFile() throws Exception {
        Files.createFile(reports);
        assertThat(run(69, List.of(), Map.of())).contains(reports.toString(), "not a directory");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void noPostgres() throws Exception {
        Path empty = Files.createDirectory(place.resolve("empty"));
        assertThat(run(69, List.of(), Map.of("REHEARSE_PG_BIN", empty.toString())))
                .contains("postgres (PostgreSQL) is not on this machine", "Remedy: ");
        assertThat(work).doesNotExist();
        assertThat(reports).doesNotExist();
    }

    @Test
    void noPgbackrest() throws Exception {
        Path empty = Files.createDirectory(place.resolve("empty"));
        assertThat(run(69, List.of("/usr/bin/env", "PATH=" + empty), Map.of()))
                .contains("pgbackrest (pgBackRest) is not on this machine", "Remedy: ");
    }

    @Test
    void noUserPostgres() throws Exception {
        Path users = Files.createFile(place.resolve("users"));
        Files.write(
                users,
                Files.readAllLines(Path.of("/etc/passwd")).stream()
                        .filter(line -> !line.startsWith("postgres:"))
                        .toList());
        assertThat(run(69, mounting("mount --bind " + users + " /etc/passwd"), Map.of()))
                .contains("running as root, and there is no user postgres", "useradd");
        assertThat(work).doesNotExist();
    }

    @Test
    void aDiskThatIsTooSmall() throws Exception {
        Files.createDirectory(work);
        assertThat(run(69, mounting("mount -t tmpfs -o size=200m tmpfs " + work), Map.of()))
                .contains("GiB free in " + work, "--work");
        assertThat(reports).doesNotExist();
    }

    @Test
    void aDiskThatIsFullWhenTheRunFolderIsMade() throws Exception {
        Files.createDirectory(reports);
        assertThat(run(69, mounting("mount -t tmpfs -o nr_inodes=1 tmpfs " + reports), Map.of()))
                .contains("the disk is full", reports.toString());
        assertThat(work).isEmptyDirectory();
    }

    /** Runs and returns the one line of its error. */
    private String run(int exit, List<String> before, Map<String, String> environment, String... more)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--work", "" + work, "--reports", "" + reports));
        List<String> own = List.of(more);
        if (!own.contains("--system")) {
            arguments.addAll(List.of("--system", "pgbackrest"));
        }
        if (!own.contains("--scenario")) {
            arguments.addAll(List.of("--scenario", SCENARIO));
        }
        arguments.addAll(own);
        return launch(exit, before, environment, arguments);
    }

    private String launch(int exit, List<String> before, Map<String, String> environment, List<String> arguments)
            throws Exception {
        try (Launched run = Launched.start(place, before, environment, arguments)) {
            assertThat(run.exitWithin(60)).as(String.join("\n", run.errors())).contains(exit);
            assertThat(Files.readString(run.out())).isEmpty();
            assertThat(run.errors()).hasSize(1).first().asString().startsWith("rehearse: ");
            return run.errors().getFirst();
        }
    }

    /** A command that becomes the program with a mount that nobody else sees. */
    private static List<String> mounting(String mount) {
        assumeTrue(isRoot(), "only root may mount");
        return List.of("unshare", "--mount", "sh", "-c", mount + " && exec \"$@\"", "sh");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
