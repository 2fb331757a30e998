package org.pgrehearsal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.platform.PreflightItem.Status;

class PreflightTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void aBundleIsFineWithAllOfItsProgramsAndSaysTheVersion() throws IOException {
        PreflightItem item = preflight(machine().postgres("usr/bin", "16.2")).bundle(Bundle.POSTGRESQL);

        assertThat(item.status()).isEqualTo(Status.OK);
        assertThat(item.found())
                .contains("16.2", root.resolve("usr/bin/postgres").toString());
        assertThat(item.blocks()).isFalse();
    }

    @Test
    void oneMissingProgramMakesTheBundleIncompleteAndIsNamed() throws IOException {
        FakeMachine machine = machine().postgres("usr/bin", "16.2");
        Files.delete(root.resolve("usr/bin/pg_amcheck"));

        PreflightItem item = preflight(machine).bundle(Bundle.POSTGRESQL);

        assertThat(item.status()).isEqualTo(Status.MISSING);
        assertThat(item.found()).isEqualTo("incomplete: no pg_amcheck");
        assertThat(item.blocks()).isTrue();
    }

    @Test
    void aProgramThatDoesNotStartIsBroken() throws IOException {
        PreflightItem item = preflight(machine().program("usr/bin", "pgbackrest", "no such library", 127))
                .bundle(Bundle.PGBACKREST);

        assertThat(item.status()).isEqualTo(Status.BROKEN);
        assertThat(item.blocks()).isTrue();
    }

    @Test
    void whatOnlyOtherPlatformsNeedDoesNotBlock() {
        PreflightItem item = preflight(machine()).bundle(Bundle.DOCKER);

        assertThat(item.status()).isEqualTo(Status.MISSING);
        assertThat(item.blocks()).isFalse();
    }

    @Test
    void tooLittleDiskBlocksAndEnoughDoesNot() {
        assertThat(Preflight.disk(root, Preflight.DISK_NEEDED - 1).blocks()).isTrue();
        assertThat(Preflight.disk(root, Preflight.DISK_NEEDED).blocks()).isFalse();
    }

    @Test
    void examinesEveryBundleOnce() {
        List<PreflightItem> items = preflight(machine()).examine(root.resolve("not/yet/there"));

        assertThat(items)
                .extracting(PreflightItem::name)
                .containsExactly(
                        "user for PostgreSQL",
                        "disk",
                        "PostgreSQL",
                        "pgBackRest",
                        "barman-cloud",
                        "lz4",
                        "zstd",
                        "Docker engine",
                        "kustomize");
    }

    @Test
    void rootNeedsAnotherUserForPostgresAndNobodyElseDoes() throws IOException {
        Path passwd = Files.writeString(root.resolve("passwd"), "root:x:0:0::/root:/bin/sh\n");
        assertThat(Machine.postgresUser("ann", passwd)).contains("ann");
        assertThat(Machine.postgresUser("root", passwd)).isEmpty();

        Files.writeString(passwd, "postgres:x:105:113::/var/lib/postgresql:/bin/bash\n");
        assertThat(Machine.postgresUser("root", passwd)).contains("postgres");
    }

    @Test
    void aMachineWithoutAUserForPostgresIsTold() {
        Machine machine = new Machine("Debian", "6.1", "amd64", 2, 1L << 30, "25", "root", Optional.empty());

        PreflightItem item = new Preflight(machine().toolbox(), machine).postgresUser();

        assertThat(item.blocks()).isTrue();
        assertThat(item.remedy()).startsWith("useradd");
    }

    private FakeMachine machine() {
        return new FakeMachine(root);
    }

    private static Preflight preflight(FakeMachine machine) {
        return new Preflight(
                machine.toolbox(), new Machine("Debian", "6.1", "amd64", 2, 1L << 30, "25", "ann", Optional.of("ann")));
    }
}
