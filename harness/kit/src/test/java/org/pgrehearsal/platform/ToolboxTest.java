package org.pgrehearsal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolboxTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void takesTheNewestPostgresByNumberNotByName() throws IOException {
        Toolbox toolbox = machine()
                .postgres("usr/lib/postgresql/9/bin", "9.6.24")
                .postgres("usr/lib/postgresql/15/bin", "15.18")
                .postgres("usr/lib/postgresql/old/bin", "8.4.22")
                .toolbox();

        assertThat(toolbox.find(Program.PG_DUMP)).contains(root.resolve("usr/lib/postgresql/15/bin/pg_dump"));
    }

    @Test
    void passesOverAFolderThatHasOnlyClients() throws IOException {
        Toolbox toolbox = machine()
                .postgres("usr/lib/postgresql/15/bin", "15.18")
                .program("usr/lib/postgresql/17/bin", "psql")
                .toolbox();

        assertThat(toolbox.find(Program.PSQL)).contains(root.resolve("usr/lib/postgresql/15/bin/psql"));
    }

    @Test
    void looksForPostgresNowhereElseOnceAFolderIsNamed() throws IOException {
        FakeMachine machine = machine().postgres("usr/lib/postgresql/15/bin", "15.18");

        assertThat(machine.environment("REHEARSE_PG_BIN", root.resolve("gone").toString())
                        .toolbox()
                        .find(Program.POSTGRES))
                .isEmpty();
        assertThat(machine.postgres("mine", "18.1")
                        .environment("REHEARSE_PG_BIN", root.resolve("mine").toString())
                        .toolbox()
                        .find(Program.POSTGRES))
                .contains(root.resolve("mine/postgres"));
    }

    @Test
    void fallsBackToThePathForPostgres() throws IOException {
        assertThat(machine().postgres("usr/bin", "16.2").toolbox().postgresFolder())
                .contains(root.resolve("usr/bin"));
    }

    @Test
    void prefersTheBarmanOfTheSetUpToTheOneOnThePath() throws IOException {
        FakeMachine machine = machine().program("usr/bin", "barman-cloud-backup");
        assertThat(machine.toolbox().find(Program.BARMAN_CLOUD_BACKUP))
                .contains(root.resolve("usr/bin/barman-cloud-backup"));

        machine.program("cache/barman-3.19.1/bin", "barman-cloud-backup");
        assertThat(machine.toolbox().find(Program.BARMAN_CLOUD_BACKUP))
                .contains(root.resolve("cache/barman-3.19.1/bin/barman-cloud-backup"));
    }

    @Test
    void aFileThatCannotBeRunIsNoProgram() throws IOException {
        Files.createDirectories(root.resolve("usr/bin"));
        Files.writeString(root.resolve("usr/bin/pgbackrest"), "");
        Files.createDirectories(root.resolve("usr/bin/zstd"));

        assertThat(machine().toolbox().find(Program.PGBACKREST)).isEmpty();
        assertThat(machine().toolbox().find(Program.ZSTD)).isEmpty();
    }

    @Test
    void requiringWhatIsMissingNamesItAndTheRemedyInOneLine() {
        assertThatThrownBy(() -> machine().toolbox().require(Program.PGBACKREST))
                .isInstanceOf(MissingToolException.class)
                .hasMessageContainingAll("pgbackrest", "apt-get install pgbackrest")
                .hasMessageNotContaining("\n");
    }

    @Test
    void asksAProgramForItsVersion() throws IOException {
        Toolbox toolbox = machine()
                .program("usr/bin", "pgbackrest", "pgBackRest 2.45", 0)
                .program("usr/bin", "lz4", "does not start", 127)
                .toolbox();

        assertThat(toolbox.describe(Program.PGBACKREST))
                .contains(new Tool("pgbackrest", root.resolve("usr/bin/pgbackrest"), Optional.of("2.45")));
        assertThat(toolbox.describe(Program.LZ4))
                .contains(new Tool("lz4", root.resolve("usr/bin/lz4"), Optional.empty()));
        assertThat(toolbox.describe(Program.ZSTD)).isEmpty();
    }

    private FakeMachine machine() {
        return new FakeMachine(root);
    }
}
