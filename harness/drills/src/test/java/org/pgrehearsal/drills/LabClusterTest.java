package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.system.cnpg.CnpgBarman;
import org.pgrehearsal.system.cnpg.CnpgPgBackRest;

class LabClusterTest {
    private static final StoreChoice EMBEDDED = new StoreChoice.Embedded();
    private static final Path LEAVE_OUT = Path.of("../../kubernetes/flux/leave-out");

    @Test
    void aPluginIsThereOnlyIfItsSystemIsDrilled() {
        assertThat(LabCluster.without(Set.of(CnpgBarman.NAME), EMBEDDED)).contains("plugin-pgbackrest");
        assertThat(LabCluster.without(Set.of(CnpgPgBackRest.NAME), EMBEDDED)).doesNotContain("plugin-pgbackrest");
    }

    @Test
    void garageIsThereOnlyIfItIsTheStore() {
        assertThat(LabCluster.without(Set.of(), EMBEDDED)).contains("garage");
        assertThat(LabCluster.without(Set.of(), new StoreChoice.Garage())).doesNotContain("garage");
    }

    @Test
    void whatIsLeftOutCanBe() {
        assertThat(LabCluster.without(Set.of(), EMBEDDED))
                .hasSizeGreaterThan(2)
                .allSatisfy(part ->
                        assertThat(Files.isDirectory(LEAVE_OUT.resolve(part))).isTrue());
    }
}
