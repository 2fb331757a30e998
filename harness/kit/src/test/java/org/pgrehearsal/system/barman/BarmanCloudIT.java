package org.pgrehearsal.system.barman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.Restoration;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.Rig;
import org.pgrehearsal.system.Site;
import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

class BarmanCloudIT {
    private static final BarmanCloud BARMAN = new BarmanCloud(Rig.barmanPrograms());

    private static Rig rig;
    private static Site site;
    private static Backup.Physical backup;
    private static Lsn afterSix;

    @BeforeAll
    static void back_up() throws Exception {
        rig = new Rig();
        site = rig.site("barman");
        PostgresCluster source = rig.source(BARMAN, site);
        Rig.write(source, 1, 3);
        backup = (Backup.Physical) BARMAN.backup(source, site, BackupKind.FULL);
        Rig.write(source, 4, 6);
        try (Connection connection = source.connect("postgres")) {
            afterSix = Lsn.parse(Rig.text(connection, "SELECT pg_current_wal_insert_lsn()::text"));
        }
        Rig.write(source, 7, 8);
        Rig.archive(source);
        source.close();
    }

    @AfterAll
    static void take_away() {
        rig.close();
    }

    @Test
    void the_bucket_holds_what_the_layout_says() {
        List<String> keys =
                site.bucket().list("").stream().map(StoredObject::key).toList();

        assertThat(keys)
                .filteredOn(BARMAN.layout()::isBackup)
                .containsExactly(
                        "main/base/" + backup.label() + "/backup.info",
                        "main/base/" + backup.label() + "/data.tar.lz4");
        assertThat(keys)
                .filteredOn(key -> !BARMAN.layout().isBackup(key))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(BARMAN.layout().walFile(key)).isPresent());
        assertThat(backup.timeline()).isEqualTo(TimelineId.FIRST);
        assertThat(backup.start()).isLessThan(backup.stop());
        assertThat(keys.stream().map(BARMAN.layout()::walFile).flatMap(Optional::stream))
                .contains("0000000100000000%08X".formatted(backup.start().value() >>> 24));
    }

    @Test
    void a_segment_decodes_to_its_sixteen_megabytes() throws IOException {
        String key = site.bucket().list("main/wals/").stream()
                .map(StoredObject::key)
                .filter(name -> name.endsWith(".gz") && !name.contains(".backup"))
                .findFirst()
                .orElseThrow();

        assertThat(BARMAN.layout().decode(key, site.bucket().read(key))).hasSize(16 << 20);
    }

    @Test
    void restores_to_the_end_of_the_archive() throws Exception {
        PostgresCluster restored = restore("latest", RestoreOrder.latest(backup));
        Rig.awaitPromotion(restored);

        assertThat(Rig.rows(restored)).isEqualTo(8);
    }

    @Test
    void restores_to_before_a_position() throws Exception {
        PostgresCluster restored = restore("lsn", RestoreOrder.to(backup, new RecoveryTarget.AtLsn(afterSix, false)));
        restored.awaitConnection("postgres", Duration.ofMinutes(1));

        Waiting.on("recovery to pause", Duration.ofMinutes(1))
                .until(() -> restored.logLines().toString(), log -> log.contains("pausing at the end of recovery"));
        assertThat(Rig.rows(restored)).isEqualTo(6);
    }

    @Test
    void says_why_it_does_not_restore_an_unknown_backup() throws IOException {
        Backup unknown = new Backup.Physical(
                "20000101T000000",
                BackupKind.FULL,
                backup.timeline(),
                backup.start(),
                backup.stop(),
                backup.startedAt(),
                backup.took());

        assertThat(BARMAN.restore(rig.cluster("unknown"), site, RestoreOrder.latest(unknown)))
                .isInstanceOfSatisfying(Restoration.Refused.class, refused -> {
                    assertThat(refused.exit()).isNotZero();
                    assertThat(refused.reason()).contains("20000101T000000");
                });
    }

    @Test
    void has_only_full_backups() throws IOException {
        PostgresCluster source = rig.cluster("unused");
        assertThatThrownBy(() -> BARMAN.backup(source, site, BackupKind.INCREMENTAL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PostgresCluster restore(String name, RestoreOrder order) throws IOException {
        PostgresCluster target = rig.cluster(name);
        Restoration restoration = BARMAN.restore(target, site, order);
        assertThat(restoration).isInstanceOf(Restoration.Ready.class);
        var server = ((Restoration.Ready) restoration)
                .server()
                .with(Map.of("archive_mode", "off", "hot_standby", "on", "max_prepared_transactions", "5"));
        target.launch(server.settings(), server.environment());
        return target;
    }
}
