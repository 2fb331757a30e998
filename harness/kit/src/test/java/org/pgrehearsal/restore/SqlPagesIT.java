package org.pgrehearsal.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.system.Rig;
import org.pgrehearsal.verdict.Anomaly;

class SqlPagesIT {
    private static final int PAGE_CHECKSUM_BREAKS_AT = 8192 - 100;

    @Test
    void soundPagesAreCountedAndADamagedOneIsFound() throws Exception {
        try (Rig rig = new Rig()) {
            PostgresCluster cluster = rig.cluster("pages");
            cluster.initialise();
            cluster.start(Map.of(), Map.of());
            Path file = fill(cluster);
            SqlPages pages = new SqlPages(cluster);

            assertSound(pages.structure(LedgerSchema.DATABASE, Pages.Depth.EVERYTHING));
            assertSound(pages.structure(LedgerSchema.DATABASE, Pages.Depth.LEDGER));
            assertSound(pages.checksums());

            cluster.stop();
            try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
                damaged.seek(PAGE_CHECKSUM_BREAKS_AT);
                damaged.write(0xFF);
            }
            cluster.start(Map.of(), Map.of());

            assertThat(pages.checksums().findings()).singleElement().satisfies(finding -> {
                assertThat(finding.anomaly()).isEqualTo(Anomaly.PAGE_DAMAGED);
                assertThat(finding.what()).contains("dr_account", "invalid page");
            });
            assertThat(pages.structure(LedgerSchema.DATABASE, Pages.Depth.LEDGER)
                            .findings())
                    .isNotEmpty();
        }
    }

    private static Path fill(PostgresCluster cluster) throws Exception {
        try (Connection connection = cluster.connect("postgres")) {
            Rig.execute(connection, "CREATE DATABASE " + LedgerSchema.DATABASE);
        }
        try (Connection connection = cluster.connect(LedgerSchema.DATABASE)) {
            LedgerSchema.create(connection, 2);
            Rig.execute(connection, "CHECKPOINT");
            return cluster.data().resolve(Rig.text(connection, "SELECT pg_relation_filepath('dr_account')"));
        }
    }

    private static void assertSound(CheckResult result) {
        assertThat(result.findings()).isEmpty();
        assertThat(result.notCounted()).isEmpty();
        assertThat(result.measurements())
                .singleElement()
                .satisfies(measurement -> assertThat(measurement.value()).isGreaterThan(5));
    }
}
