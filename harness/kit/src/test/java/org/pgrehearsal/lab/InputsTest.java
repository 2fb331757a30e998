package org.pgrehearsal.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void aFolder() throws IOException {
        Files.writeString(folder.resolve("a"), "one");
        Files.writeString(folder.resolve("b"), "two");
    }

    private String hash() {
        return new Inputs().add(folder).hash();
    }

    @Test
    void theSameContentElsewhereHasTheSameHash(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("b"), "two");
        Files.writeString(other.resolve("a"), "one");

        assertThat(new Inputs().add(other).hash()).isEqualTo(hash()).matches("[0-9a-f]{16}");
    }

    @Test
    void contentNameAndWhetherItRunsCount() throws IOException {
        String before = hash();

        Files.writeString(folder.resolve("a"), "onf");
        String changed = hash();
        Files.move(folder.resolve("a"), folder.resolve("c"));
        String renamed = hash();
        assertThat(folder.resolve("b").toFile().setExecutable(true)).isTrue();
        String runnable = hash();

        assertThat(new String[] {before, changed, renamed, runnable}).doesNotHaveDuplicates();
    }

    @Test
    void whereOneTextEndsCounts() {
        assertThat(new Inputs().add("ab").add("c").hash())
                .isNotEqualTo(new Inputs().add("a").add("bc").hash());
    }
}
