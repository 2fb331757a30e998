package org.pgrehearsal.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The pgBackRest plugin of this repository, as {@code scripts/plugin-image} lays it down: {@code base.tar}, a Debian with pgBackRest, and {@code
 * app.tar}, the program with its runtime.
 *
 * @param repository the root of the work tree
 * @param tools      runs the build
 */
record PluginPart(Path repository, Tools tools) implements Part {
    private static final Duration BUILD = Duration.ofMinutes(20);
    private static final Duration UNPACK = Duration.ofMinutes(2);
    private static final String SCRIPT = "scripts/plugin-image";

    /** Files and folders; of the modules only what is not made. */
    private static final List<String> SOURCES = List.of(
            SCRIPT,
            "pom.xml",
            "cnpg-i/protocol/pom.xml",
            "cnpg-i/protocol/src/main",
            "cnpg-i/plugin/pom.xml",
            "cnpg-i/plugin/src/main");

    @Override
    public String name() {
        return "plugin-pgbackrest";
    }

    @Override
    public String place() {
        return "";
    }

    @Override
    public String hash() {
        Inputs inputs = new Inputs();
        SOURCES.forEach(source -> inputs.add(source).add(repository.resolve(source)));
        return inputs.hash();
    }

    @Override
    public void make(Path folder) {
        Path image = folder.resolve("image.tar");
        Path cache = tools.cache().toAbsolutePath().getParent();
        tools.run(
                List.of(repository.resolve(SCRIPT).toString(), image.toString()),
                repository,
                // the JDK that this runs on, and the place where the script keeps its first layer
                Map.of("JAVA_HOME", System.getProperty("java.home"), "REHEARSE_CACHE", String.valueOf(cache)),
                BUILD);
        tools.run(List.of("tar", "--extract", "--file=" + image, "base.tar", "app.tar"), folder, Map.of(), UNPACK);
        try {
            Files.delete(image);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + image + ": " + e.getMessage(), e);
        }
    }
}
