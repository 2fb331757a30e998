package org.pgrehearsal.sabotage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgrehearsal.sabotage.Scenery.BACKREST;
import static org.pgrehearsal.sabotage.Scenery.BARMAN;
import static org.pgrehearsal.sabotage.Scenery.DUMP;
import static org.pgrehearsal.sabotage.Scenery.segment;
import static org.pgrehearsal.sabotage.Scenery.wal;
import static org.pgrehearsal.sabotage.Scenery.walKey;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgrehearsal.store.Inventory;
import org.pgrehearsal.system.Compression;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;

class SabotageTest {
    private static Scene scene(String system) {
        try {
            return switch (system) {
                case "pgbackrest" -> Scenery.pgBackRest();
                case "barman-cloud" -> Scenery.barman();
                case "pg-dump" -> Scenery.dump();
                default -> throw new IllegalArgumentException(system);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Damage inflict(String name, Scene scene) {
        return Sabotage.named(name).inflict(scene);
    }

    private static List<Integer> differences(byte[] one, byte[] other) {
        assertThat(one).hasSameSizeAs(other);
        return IntStream.range(0, one.length)
                .filter(index -> one[index] != other[index])
                .boxed()
                .toList();
    }

    private static byte[] decoded(Scene scene, String key) throws IOException {
        return Compression.of(key).decompress(scene.copy().read(key));
    }

    @ParameterizedTest
    @CsvSource({"pgbackrest, 16", "barman-cloud, 13", "pg-dump, 7"})
    void whatSuitsChangesWhatItSaysAndNothingElseTheSameWayForTheSameSeed(String system, int suitable)
            throws IOException {
        List<String> done = new ArrayList<>();
        for (Sabotage sabotage : Sabotage.all()) {
            Scene first = scene(system);
            Scene second = scene(system);
            if (sabotage.unsuitable(first).isPresent()) {
                continue;
            }
            Inventory before = first.copy().inventory();
            Damage damage = sabotage.inflict(first);
            sabotage.inflict(second);

            Inventory.Difference difference = before.difference(first.copy().inventory());
            assertThat(difference.added()).as(sabotage.name()).isEmpty();
            assertThat(difference.removed()).as(sabotage.name()).isEqualTo(damage.missing());
            difference.changed().addAll(difference.removed());
            assertThat(difference.changed()).as(sabotage.name()).isEqualTo(damage.keys());
            assertThat(second.copy().inventory())
                    .as(sabotage.name())
                    .isEqualTo(first.copy().inventory());
            assertThat(damage.judge(new Outcome.Accepted())).as(sabotage.name()).isPresent();
            done.add(sabotage.name());
        }
        assertThat(done).hasSize(suitable);
    }

    @Test
    void namesAreUniqueAndAnUnknownOneShowsThemAll() {
        assertThat(Sabotage.all())
                .extracting(Sabotage::name)
                .doesNotHaveDuplicates()
                .hasSize(19);
        assertThatThrownBy(() -> Sabotage.named("a WAL segment is mising"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a WAL segment is mising\"")
                .hasMessageContaining("a WAL segment in the middle is missing")
                .hasMessageContaining("the globals of the dump are missing");
    }

    @Test
    void whatDoesNotSuitSaysWhyAndIsNotDone() {
        Scene dump = scene("pg-dump");

        assertThat(Sabotage.named("the last WAL segment is missing").unsuitable(dump))
                .contains("the system archives no WAL");
        assertThat(Sabotage.named("a part of the dump is missing").unsuitable(scene("pgbackrest")))
                .contains("the system copies files and writes no dump");
        assertThat(Sabotage.named("the index of backups is older than the backup")
                        .unsuitable(scene("barman-cloud")))
                .contains("the system keeps no such index");
        assertThatThrownBy(() -> inflict("the last WAL segment is missing", dump))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("archives no WAL");
    }

    @Test
    void aStoreThatOnlySaysItWroteIsFoundOut() {
        Scene scene = scene("pgbackrest");
        ((MemoryBucket) scene.copy()).lying = true;

        assertThatThrownBy(() -> inflict("a WAL segment is empty", scene))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was to change");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgbackrest", "barman-cloud"})
    void theRightSegmentIsLost(String system) {
        Map<String, Long> lost = new TreeMap<>(Map.of(
                "the WAL segment in which the backup begins is missing", 4L,
                "the first WAL segment after the backup is missing", 6L,
                "a WAL segment in the middle is missing", 8L,
                "the last WAL segment is missing", 10L));
        lost.forEach((name, number) ->
                assertThat(inflict(name, scene(system)).missing()).as(name).containsExactly(walKey(system, number)));
    }

    @Test
    void aLossMustBeginInTheLostSegmentOrWithTheFirstCommitAfterIt() {
        Damage damage = inflict("a WAL segment in the middle is missing", scene("pgbackrest"));
        Finding loss = Finding.of(Anomaly.LOST_SUFFIX, "lost");

        assertThat(damage.judge(new Outcome.Refuted(List.of(loss), segment(8).start())))
                .isEmpty();
        assertThat(damage.judge(
                        new Outcome.Refuted(List.of(loss), segment(8).end().plus(100))))
                .isEmpty();
        assertThat(damage.judge(
                        new Outcome.Refuted(List.of(loss), segment(8).end().plus(101))))
                .isPresent();
        assertThat(damage.judge(new Outcome.Refuted(List.of(loss), segment(7).start())))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgbackrest", "barman-cloud"})
    void aFlippedWalByteIsInARecordAndStillDecompresses(String system) throws IOException {
        Scene scene = scene(system);
        inflict("a byte in a WAL page is flipped", scene);

        List<Integer> flipped = differences(wal(8), decoded(scene, walKey(system, 8)));
        assertThat(flipped).hasSize(1);
        assertThat(flipped.getFirst()).isLessThan(Scenery.WRITTEN);
        assertThat(flipped.getFirst() % 8192).isGreaterThanOrEqualTo(40);
        assertThat(wal(8)[flipped.getFirst()]).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgbackrest", "barman-cloud"})
    void segmentsAreSwappedEmptiedAndReplaced(String system) throws IOException {
        Scene swapped = scene(system);
        inflict("two WAL segments are swapped", swapped);
        assertThat(decoded(swapped, walKey(system, 8))).isEqualTo(wal(9));
        assertThat(decoded(swapped, walKey(system, 9))).isEqualTo(wal(8));

        Scene foreign = scene(system);
        inflict("a WAL segment comes from another cluster", foreign);
        assertThat(decoded(foreign, walKey(system, 8))).isEqualTo(wal(99));

        Scene empty = scene(system);
        inflict("a WAL segment is empty", empty);
        assertThat(empty.copy().read(walKey(system, 8))).isEmpty();
    }

    @Test
    void aDataByteIsFlippedInARelationOfThisBackupThatIsSoonDecoded() throws IOException {
        String key = BACKREST + "pg_data/base/5/1249.lz4";
        byte[] before = decoded(scene("pgbackrest"), key);
        Scene scene = scene("pgbackrest");
        Damage damage = inflict("a byte in a data file is flipped", scene);

        assertThat(damage.keys()).containsExactly(key);
        assertThat(differences(before, decoded(scene, key)))
                .hasSize(1)
                .allSatisfy(at -> assertThat(at % 8192).isGreaterThan(4096));
    }

    @Test
    void aDataByteIsFlippedInsideTheTarAndTheTarStaysWhole() throws IOException {
        Map<String, byte[]> before = entries(scene("barman-cloud"));
        Scene scene = scene("barman-cloud");
        inflict("a byte in a data file is flipped", scene);
        Map<String, byte[]> after = entries(scene);

        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((name, content) -> assertThat(differences(content, after.getOrDefault(name, new byte[0])))
                .as(name)
                .hasSize(name.equals("base/5/16384") ? 1 : 0));
    }

    private static Map<String, byte[]> entries(Scene scene) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (var tar =
                new TarArchiveInputStream(new ByteArrayInputStream(scene.copy().read(BARMAN + "data.tar")))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), tar.readAllBytes());
            }
        }
        return entries;
    }

    @Test
    void aDigitOfAPlainDumpBecomesAnother() {
        byte[] before = scene("pg-dump").copy().read(DUMP + "db/app.sql");
        Scene scene = scene("pg-dump");
        inflict("a byte in a plain dump is flipped", scene);
        byte[] after = scene.copy().read(DUMP + "db/app.sql");

        assertThat(differences(before, after)).hasSize(1).allSatisfy(at -> {
            assertThat(Character.isDigit(before[at])).isTrue();
            assertThat(Character.isDigit(after[at])).isTrue();
        });
    }

    @Test
    void theLargestObjectKeepsItsFirstSixtyPercent() {
        byte[] before = scene("barman-cloud").copy().read(BARMAN + "data.tar");
        Scene scene = scene("barman-cloud");
        inflict("the largest object of the backup is truncated", scene);

        byte[] after = scene.copy().read(BARMAN + "data.tar");
        assertThat(after).hasSize(before.length * 60 / 100);
        assertThat(before).startsWith(after);
    }

    @Test
    void aManifestIsAlteredTogetherWithItsTwinAndStaysReadable() {
        Scene backrest = scene("pgbackrest");
        assertThat(inflict("the backup's manifest is altered", backrest).keys())
                .containsExactlyInAnyOrder(BACKREST + "backup.manifest", BACKREST + "backup.manifest.copy");
        assertThat(text(backrest, BACKREST + "backup.manifest.copy")).contains("1249={\"checksum\":\"0f00\"");

        Scene barman = scene("barman-cloud");
        inflict("the backup's manifest is altered", barman);
        assertThat(text(barman, BARMAN + "backup.info"))
                .contains("\ntablespaces=[('elsewhere'")
                .contains("status=DONE");

        Scene dump = scene("pg-dump");
        inflict("the backup's manifest is altered", dump);
        assertThat(text(dump, DUMP + "manifest.json")).contains("\"1a" + "0a".repeat(31) + "\"");
    }

    private static String text(Scene scene, String key) {
        return new String(scene.copy().read(key), StandardCharsets.UTF_8);
    }

    @Test
    void theOlderIndexIsTheOneFromBeforeTheBackup() {
        Scene scene = scene("pgbackrest");
        inflict("the index of backups is older than the backup", scene);

        assertThat(text(scene, "backup/main/backup.info")).isEqualTo("[db]\n");
        assertThat(text(scene, "backup/main/backup.info.copy")).isEqualTo("[db]\n");
    }

    @Test
    void anIndexThatIsTheSameAsEarlierIsNoSabotage() {
        Scene scene = scene("pgbackrest");
        inflict("the index of backups is older than the backup", scene);

        assertThat(Sabotage.named("the index of backups is older than the backup")
                        .unsuitable(scene))
                .contains("there is no other index from before the backup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgbackrest", "barman-cloud"})
    void withoutTheHistoryTheLossBeginsAtTheFork(String system) {
        Damage damage = inflict("the history of the newest timeline is missing", scene(system));
        Finding loss = Finding.of(Anomaly.LOST_SUFFIX, "lost");

        assertThat(damage.what())
                .contains("00000002.history")
                .contains(segment(9).start().plus(0x1234).toString());
        assertThat(damage.judge(
                        new Outcome.Refuted(List.of(loss), segment(9).start().plus(0x1235))))
                .isEmpty();
        assertThat(damage.judge(new Outcome.Refuted(List.of(loss), segment(9).start())))
                .isPresent();
    }
}
