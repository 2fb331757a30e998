package org.pgrehearsal.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import org.pgrehearsal.platform.MachineException;

/** Where images come from. */
public enum ImageSource {
    /** Pulled by their names from the registries that these say. */
    PULLED,
    /** Built here, from package registries. */
    BUILT;

    private static final String VARIABLE = "REHEARSE_IMAGES";
    private static final URI REGISTRY = URI.create("https://registry-1.docker.io/v2/");
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /**
     * What the environment variable {@value #VARIABLE} says, {@code pulled} or {@code built}; without it what this machine can have: pulled where the
     * registry of the node's image answers, even if only to ask who is there.
     */
    public static ImageSource ofThisMachine() {
        String said = System.getenv(VARIABLE);
        return said == null ? probe() : parse(said);
    }

    private static ImageSource parse(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new MachineException(VARIABLE + " is '" + text + "'; set it to pulled or built, or unset it", e);
        }
    }

    private static ImageSource probe() {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            int status = client.send(
                            HttpRequest.newBuilder(REGISTRY).timeout(PATIENCE).build(), BodyHandlers.discarding())
                    .statusCode();
            return status == 200 || status == 401 ? PULLED : BUILT;
        } catch (IOException e) {
            return BUILT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for a container registry", e);
        }
    }
}
