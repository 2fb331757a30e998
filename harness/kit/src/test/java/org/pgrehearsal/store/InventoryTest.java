package org.pgrehearsal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {
    private static final Inventory BEFORE =
            Inventory.of(List.of(object("gone", 1, "x"), object("same", 2, "y"), object("other", 3, "z")));

    @Test
    void names_what_was_added_removed_and_changed() {
        Inventory later =
                Inventory.of(List.of(object("new", 1, "x"), object("same", 2, "y"), object("other", 3, "zz")));

        Inventory.Difference difference = BEFORE.difference(later);

        assertThat(difference.added()).containsExactly("new");
        assertThat(difference.removed()).containsExactly("gone");
        assertThat(difference.changed()).containsExactly("other");
        assertThat(difference.isEmpty()).isFalse();
        assertThat(BEFORE.difference(BEFORE).isEmpty()).isTrue();
        assertThat(BEFORE.bytes()).isEqualTo(6);
    }

    @Test
    void a_change_of_size_alone_is_a_change() {
        assertThat(BEFORE.difference(Inventory.of(List.of(object("same", 9, "y"))))
                        .changed())
                .containsExactly("same");
    }

    @Test
    void is_written_as_one_line_an_object(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("objects.tsv");

        Inventory.of(List.of(object("b\t\n\\", 1, "x"), object("a", 2, "y"))).writeTo(file);

        assertThat(file).hasContent("key\tsize\tetag\na\t2\ty\nb\\t\\n\\\\\t1\tx\n");
    }

    private static StoredObject object(String key, long size, String etag) {
        return new StoredObject(key, size, etag, Instant.EPOCH);
    }
}
