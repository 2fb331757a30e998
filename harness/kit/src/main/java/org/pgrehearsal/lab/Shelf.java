package org.pgrehearsal.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.await.Waiting;

/**
 * What the nodes' mirrors serve: the data of a registry in a folder, which runs only while something is put there.
 *
 * @param data     the folder, as the registry keeps it
 * @param registry the registry's image
 * @param tools    runs the commands
 */
record Shelf(Path data, String registry, Tools tools) {
    private static final int PORT = 5000;
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    /** Whether the image is there, made from inputs of this hash. */
    boolean has(Recipe recipe, String hash) {
        try {
            Path note = note(recipe);
            return Files.exists(note) && Files.readString(note).equals(hash);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + data + ": " + e.getMessage(), e);
        }
    }

    private Path note(Recipe recipe) {
        return data.resolve("inputs").resolve(recipe.path().replace('/', '_'));
    }

    /** A registry under way, to put images into. */
    final class Open implements AutoCloseable {
        private final String container;
        private final String address;

        private Open(String container, String address) {
            this.container = container;
            this.address = address;
        }

        /** Puts an image that Docker has onto the shelf. */
        void put(Recipe recipe, String hash) {
            String name = address + "/" + recipe.path();
            docker("tag", recipe.image(), name);
            docker("push", "--quiet", name);
            docker("image", "rm", name);
            try {
                Files.createDirectories(note(recipe).getParent());
                Files.writeString(note(recipe), hash);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + note(recipe) + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            docker("rm", "--force", container);
        }
    }

    /** Starts the registry. */
    Open open() {
        String container = docker(
                        "run",
                        "--detach",
                        "--rm",
                        "--publish=127.0.0.1::" + PORT,
                        "--volume=" + data + ":/var/lib/registry",
                        registry)
                .strip();
        String address = docker("port", container, PORT + "/tcp").strip();
        Open open = new Open(container, address);
        try {
            Waiting.on("the registry of the lab at " + address, Duration.ofSeconds(30))
                    .until(() -> status(address), code -> code == 200);
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
        return open;
    }

    private static int status(String address) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://" + address + "/v2/"))
                                    .timeout(Duration.ofSeconds(2))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the registry of the lab starts", e);
        }
    }

    private String docker(String... arguments) {
        List<String> argv = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("docker"), java.util.stream.Stream.of(arguments))
                .toList();
        return tools.run(argv, data, Map.of(), DEADLINE).out();
    }
}
