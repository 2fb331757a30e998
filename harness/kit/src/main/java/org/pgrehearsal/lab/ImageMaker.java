package org.pgrehearsal.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Makes an image from its folder and its parts, with Docker.
 *
 * @param sources the repository's folder {@code lab}
 * @param tools   runs the commands
 */
record ImageMaker(Path sources, Tools tools) {
    /** The label that says what the image was made from. */
    private static final String INPUTS = "org.pgrehearsal.inputs";

    private static final Duration DEADLINE = Duration.ofMinutes(10);

    List<Part> parts(Recipe recipe) {
        List<Part> parts = new ArrayList<>();
        recipe.go().forEach(module -> parts.add(new GoPart(sources.resolve("go", module), tools)));
        if (recipe.debian() != null) {
            parts.add(new DebianPart(sources.resolve("debian", recipe.debian()), tools));
        }
        if (recipe.crate() != null) {
            parts.add(CratePart.of(recipe.crate(), tools));
        }
        if (recipe.plugin()) {
            parts.add(new PluginPart(
                    Objects.requireNonNull(sources.toAbsolutePath().getParent()), tools));
        }
        return parts;
    }

    /** Of all that the image is made from. */
    String hash(Recipe recipe) {
        Inputs inputs = new Inputs().add(recipe.image()).add(folder(recipe));
        parts(recipe).forEach(part -> inputs.add(part.name()).add(part.hash()));
        return inputs.hash();
    }

    private Path folder(Recipe recipe) {
        return sources.resolve("images", recipe.folder());
    }

    /** Whether Docker has the image, made from what is there now. */
    boolean has(Recipe recipe) {
        List<String> argv = List.of(
                "docker", "image", "ls", "--quiet", "--filter", "label=" + INPUTS + "=" + hash(recipe), recipe.image());
        return !tools.run(argv, sources, Map.of(), DEADLINE).out().isBlank();
    }

    /**
     * Makes the image.
     *
     * @param folders those of its parts, in the order of {@link #parts}
     */
    void make(Recipe recipe, List<Path> folders) {
        try {
            Path context = Files.createTempDirectory(Files.createDirectories(tools.scratch()), recipe.folder());
            try {
                link(folder(recipe), context);
                List<Part> parts = parts(recipe);
                for (int i = 0; i < parts.size(); i++) {
                    link(folders.get(i), context.resolve(parts.get(i).place()));
                }
                build(recipe, context);
            } finally {
                Parts.remove(context);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lay out the image " + recipe.image() + ": " + e.getMessage(), e);
        }
    }

    private void build(Recipe recipe, Path context) {
        tools.run(
                List.of(
                        "docker",
                        "build",
                        "--quiet",
                        "--force-rm",
                        "--label=" + INPUTS + "=" + hash(recipe),
                        "--tag=" + recipe.image(),
                        context.toString()),
                context,
                // the builder that every engine has
                Map.of("DOCKER_BUILDKIT", "0"),
                DEADLINE);
    }

    /** Puts the content of one folder into another, as hard links where that can be. */
    private static void link(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (Files.getFileStore(path).equals(Files.getFileStore(to))) {
                    Files.createLink(target, path);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
