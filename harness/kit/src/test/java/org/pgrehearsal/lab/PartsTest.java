package org.pgrehearsal.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;

/** With a Go program of a few lines, which builds in a second. */
class PartsTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private Janitor janitor;
    private Path module;
    private GoPart part;

    @BeforeEach
    void aModule() throws IOException {
        Path work = folder.resolve("work");
        janitor = Janitor.watch(work, UUID.randomUUID().toString(), false);
        Runner runner =
                new Runner(Account.self(), work, janitor, new Transcript(folder.resolve("log"), new Redaction()));
        module = Files.createDirectory(folder.resolve("hello"));
        Files.writeString(module.resolve("go.mod"), "module example.org/hello\n\ngo 1.24\n");
        Files.writeString(module.resolve("main.go"), "package main\n\nfunc main() {}\n");
        part = new GoPart(module, new Tools(runner, folder.resolve("cache")));
    }

    @AfterEach
    void end() {
        janitor.close();
    }

    private Path make() {
        return new Parts(folder.resolve("parts"), Runnable::run, said::add)
                .folder(part)
                .join();
    }

    @Test
    void aPartIsMadeOnceForItsInputs() throws IOException {
        Path made = make();

        assertThat(made.resolve("hello")).isExecutable();
        assertThat(make()).isEqualTo(made);
        assertThat(said).hasSize(2).first().isEqualTo("go-hello: making it");

        Files.writeString(module.resolve("tags"), "other");
        assertThat(make()).isNotEqualTo(made).isDirectory();
        assertThat(made).doesNotExist();
    }

    @Test
    void aPartThatCannotBeMadeIsNotThere() throws IOException {
        Files.writeString(module.resolve("main.go"), "package main\n\nfunc main() { nonsense }\n");

        assertThatThrownBy(this::make)
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("undefined: nonsense");
        assertThatThrownBy(this::make).hasMessageContaining("undefined: nonsense");

        Files.writeString(module.resolve("main.go"), "package main\n\nfunc main() {}\n");
        assertThat(make().resolve("hello")).isExecutable();
    }
}
