package org.pgrehearsal.system.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final Manifest MANIFEST = new Manifest(
            "l",
            "2026-11-21T11:22:33Z",
            "15.1",
            "pg_dump 15.1",
            new Manifest.Part("l/globals.sql", "00", 5),
            List.of(database(contents(3, 1))));

    private static Manifest.Contents contents(long rows, long largeObjects) {
        return new Manifest.Contents(
                new TreeMap<>(Map.of("public.t", rows)), largeObjects, new TreeMap<>(Map.of("public.s", 9L)));
    }

    private static Manifest.Database database(Manifest.Contents contents) {
        return new Manifest.Database(
                "ledger",
                "740:745:741,743",
                Map.of(
                        DumpFormat.CUSTOM, new Manifest.Part("l/db/ledger.dump", "01", 6),
                        DumpFormat.PLAIN, new Manifest.Part("l/db/ledger.sql", "02", 7)),
                contents);
    }

    @Test
    void is_read_as_it_was_written() throws Manifest.Unusable {
        assertThat(Manifest.read(MANIFEST.bytes(), "l")).isEqualTo(MANIFEST);
    }

    @Test
    void another_version_dump_or_content_is_refused() {
        String text = new String(MANIFEST.bytes(), UTF_8);

        refused(
                text.replace("\"version\" : 1", "\"version\" : 2"),
                "l",
                "the manifest has version 2, this tool reads 1");
        refused(text, "other", "the manifest is of dump l, not other");
        refused(
                text.replace("\"public.t\" : 3", "\"public.t\" : 4"),
                "l",
                "the manifest was altered: its own SHA-256 does not fit");
        refused("{}", "l", "the manifest is unreadable: it has no version");
        assertThatThrownBy(() -> Manifest.read(text.substring(0, 50).getBytes(UTF_8), "l"))
                .isInstanceOf(Manifest.Unusable.class)
                .hasMessageStartingWith("the manifest is unreadable: ");
        assertThatThrownBy(() -> Manifest.read(new byte[0], "l")).isInstanceOf(Manifest.Unusable.class);
    }

    private static void refused(String text, String label, String why) {
        assertThatThrownBy(() -> Manifest.read(text.getBytes(UTF_8), label))
                .isInstanceOf(Manifest.Unusable.class)
                .hasMessage(why);
    }

    @Test
    void a_difference_is_named_with_both_numbers() {
        assertThat(ContentsComparison.firstDifference(database(contents(3, 1)), contents(3, 1)))
                .isEmpty();
        assertThat(ContentsComparison.firstDifference(database(contents(3, 1)), contents(2, 1)))
                .contains("database ledger: table public.t has 2 rows, the manifest says 3");
        assertThat(ContentsComparison.firstDifference(database(contents(3, 1)), contents(3, 0)))
                .contains("database ledger: 0 large objects, the manifest says 1");
        assertThat(ContentsComparison.firstDifference(
                        database(contents(3, 1)), new Manifest.Contents(new TreeMap<>(), 1, new TreeMap<>())))
                .contains("database ledger: table public.t is missing, the manifest has it with 3 rows");
        assertThat(ContentsComparison.firstDifference(
                        database(contents(3, 1)),
                        new Manifest.Contents(new TreeMap<>(Map.of("public.t", 3L)), 1, new TreeMap<>())))
                .contains("database ledger: sequence public.s is missing");
    }

    @Test
    void only_the_superuser_is_not_created_again() {
        String script =
                "\\restrict x\nCREATE ROLE other;\nCREATE ROLE postgres;\nALTER ROLE postgres WITH SUPERUSER;\n";

        assertThat(Globals.forNewCluster(script))
                .isEqualTo("\\restrict x\nCREATE ROLE other;\nALTER ROLE postgres WITH SUPERUSER;\n");
        assertThat(Globals.forNewCluster("CREATE ROLE postgres_old;\n")).isEqualTo("CREATE ROLE postgres_old;\n");
    }
}
