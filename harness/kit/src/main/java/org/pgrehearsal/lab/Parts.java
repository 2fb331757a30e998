package org.pgrehearsal.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The parts that have been made, a folder for each state of their inputs; an older state of the same part is removed when a newer one is made.
 *
 * @param home    the folder of those folders
 * @param workers who makes them
 * @param said    hears what is made, in one line
 * @param begun   those of this call, by name
 */
record Parts(Path home, Executor workers, Consumer<String> said, Map<String, CompletableFuture<Path>> begun) {
    Parts(Path home, Executor workers, Consumer<String> said) {
        this(home, workers, said, new ConcurrentHashMap<>());
    }

    /** The folder of a part, once it is there; each is made once however many ask. */
    CompletableFuture<Path> folder(Part part) {
        return begun.computeIfAbsent(part.name(), _ -> {
            Path folder = home.resolve(part.name() + "-" + part.hash());
            return Files.isDirectory(folder)
                    ? CompletableFuture.completedFuture(folder)
                    : CompletableFuture.supplyAsync(() -> make(part, folder), workers);
        });
    }

    private Path make(Part part, Path folder) {
        Instant started = Instant.now();
        said.accept(part.name() + ": making it");
        try {
            removeAll(part.name());
            Path unfinished = Files.createDirectories(home.resolve(part.name() + ".unfinished"));
            part.make(unfinished);
            Files.move(unfinished, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder + ": " + e.getMessage(), e);
        }
        said.accept(part.name() + ": made in "
                + Duration.between(started, Instant.now()).toSeconds() + " s");
        return folder;
    }

    private void removeAll(String name) throws IOException {
        Files.createDirectories(home);
        try (Stream<Path> folders = Files.list(home)) {
            List<Path> old = folders.filter(
                            folder -> folder.getFileName().toString().matches(name + "(-[0-9a-f]{16}|\\.unfinished)"))
                    .toList();
            for (Path folder : old) {
                remove(folder);
            }
        }
    }

    static void remove(Path folder) throws IOException {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
