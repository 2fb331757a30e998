package org.pgrehearsal.system.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.StoredObject;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.system.Restoration;
import org.pgrehearsal.system.RestoreOrder;
import org.pgrehearsal.system.Rig;
import org.pgrehearsal.system.Site;

class PgDumpIT {
    private static final PgDump DUMP = new PgDump();

    private static Rig rig;
    private static Site site;
    private static Backup.Logical backup;
    private static long open;
    private static long later;

    @BeforeAll
    static void back_up() throws Exception {
        rig = new Rig();
        site = rig.site("dump");
        PostgresCluster source = rig.source(DUMP, site);
        try (Connection connection = source.connect(LedgerSchema.DATABASE)) {
            Rig.execute(connection, "CREATE ROLE \"o'clock\" LOGIN PASSWORD 'secret'");
            Rig.execute(connection, "CREATE DATABASE \"other = one\" OWNER \"o'clock\"");
            Rig.execute(connection, "SELECT lo_from_bytea(0, 'large')");
            // more than one part of an upload, also when compressed
            Rig.execute(
                    connection,
                    "CREATE TABLE bulk AS SELECT n, gen_random_uuid() a, gen_random_uuid() b"
                            + " FROM generate_series(1, 300000) n");
        }
        Rig.write(source, 1, 3);
        try (Connection unfinished = source.connect(LedgerSchema.DATABASE)) {
            Rig.execute(unfinished, "BEGIN");
            Rig.execute(unfinished, "INSERT INTO dr_savepoint VALUES (1, 1)");
            open = Rig.number(unfinished, "SELECT pg_current_xact_id()::text");
            backup = (Backup.Logical) DUMP.backup(source, site, BackupKind.FULL);
            Rig.execute(unfinished, "COMMIT");
        }
        try (Connection connection = source.connect(LedgerSchema.DATABASE)) {
            later = Rig.number(connection, "SELECT pg_current_xact_id()::text");
        }
        source.close();
    }

    @AfterAll
    static void take_away() {
        rig.close();
    }

    @Test
    void the_snapshot_knows_what_it_saw() {
        assertThat(backup.sees(open)).isFalse();
        assertThat(backup.sees(open - 1)).isTrue();
        assertThat(backup.sees(later)).isFalse();
    }

    @Test
    void the_bucket_holds_every_part_and_the_manifest() {
        assertThat(site.bucket().list("").stream().map(StoredObject::key))
                .containsExactlyInAnyOrderElementsOf(List.of(
                        backup.label() + "/db/ledger.dump",
                        backup.label() + "/db/ledger.sql",
                        backup.label() + "/db/other = one.dump",
                        backup.label() + "/db/other = one.sql",
                        backup.label() + "/db/postgres.dump",
                        backup.label() + "/db/postgres.sql",
                        backup.label() + "/globals.sql",
                        backup.label() + "/manifest.json"));
    }

    @ParameterizedTest
    @EnumSource(DumpFormat.class)
    void restores_the_snapshot_from_each_format(DumpFormat format) throws Exception {
        PostgresCluster restored = rig.cluster("good-" + format);

        assertThat(new PgDump(format).restore(restored, site, RestoreOrder.latest(backup)))
                .isInstanceOf(Restoration.Running.class);

        assertThat(Rig.rows(restored)).isEqualTo(3);
        try (Connection connection = restored.connect("other = one")) {
            assertThat(Rig.text(
                            connection,
                            "SELECT pg_get_userbyid(datdba) FROM pg_database" + " WHERE datname = current_database()"))
                    .isEqualTo("o'clock");
        }
    }

    @Test
    void refuses_a_missing_part() throws Exception {
        Bucket copy = copy("missing");
        copy.delete(backup.label() + "/db/ledger.dump");

        assertThat(refusal(copy))
                .contains(backup.label() + "/db/ledger.dump cannot be read")
                .contains("404");
    }

    @Test
    void refuses_a_part_with_other_bytes() throws Exception {
        Bucket copy = copy("altered");
        String key = backup.label() + "/db/ledger.dump";
        byte[] content = copy.read(key);
        content[content.length / 2 + new Random(7).nextInt(100)] ^= 1;
        copy.write(key, content);

        assertThat(refusal(copy)).contains("part " + key + " has SHA-256");
    }

    @Test
    void refuses_a_truncated_part() throws Exception {
        Bucket copy = copy("truncated");
        String key = backup.label() + "/db/ledger.dump";
        byte[] content = copy.read(key);
        copy.write(key, java.util.Arrays.copyOf(content, content.length / 2));

        assertThat(refusal(copy)).contains("part " + key + " has " + content.length / 2 + " bytes");
    }

    @Test
    void refuses_an_altered_or_missing_manifest() throws Exception {
        Bucket copy = copy("manifest");
        String key = backup.label() + "/manifest.json";
        String text = new String(copy.read(key), UTF_8);
        copy.write(
                key,
                text.replace("\"public.dr_savepoint\" : 3", "\"public.dr_savepoint\" : 4")
                        .getBytes(UTF_8));
        assertThat(refusal(copy)).isEqualTo("the manifest was altered: its own SHA-256 does not fit");

        copy.delete(key);
        assertThat(refusal(copy)).contains(key).contains("404");
    }

    private static Bucket copy(String name) {
        Bucket copy = rig.store().createBucket(name);
        site.bucket().copyTo(copy);
        return copy;
    }

    private static String refusal(Bucket bucket) throws IOException {
        PostgresCluster target = rig.cluster("refused-" + System.nanoTime());
        Restoration restoration =
                DUMP.restore(target, new Site(site.access(), bucket, site.home()), RestoreOrder.latest(backup));
        assertThat(restoration).isInstanceOf(Restoration.Refused.class);
        assertThat(target.isAlive()).isFalse();
        return ((Restoration.Refused) restoration).reason();
    }
}
