package org.pgrehearsal.plugin.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The Kubernetes API by its own JSON. A client library would be half of the sidecar's memory; what is needed here is one request each.
 */
public final class Api {
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI server;
    private final Supplier<String> token;
    private final HttpClient client;

    /**
     * The API at an address.
     *
     * @param token asked for before each request, because the kubelet replaces it
     * @param trust null for the usual authorities
     */
    public Api(URI server, Supplier<String> token, @Nullable SSLContext trust) {
        this.server = server;
        this.token = token;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10));
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    /** The API of the cluster that this pod is in; empty outside of one, or without an account. */
    public static Optional<Api> ofPod(Map<String, String> environment) {
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        Path token = ACCOUNT.resolve("token");
        if (host == null || !Files.isReadable(token)) {
            return Optional.empty();
        }
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        String name = host.contains(":") ? "[" + host + "]" : host;
        try {
            return Optional.of(new Api(
                    URI.create("https://" + name + ":" + port),
                    () -> read(token),
                    Trust.of(ACCOUNT.resolve("ca.crt"))));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the API's authority in " + ACCOUNT + ": " + e, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ApiError(0, "cannot read " + file + ": " + e);
        }
    }

    /** An object, or the answer to a list; empty if there is none. */
    public Optional<JsonNode> get(String path) {
        try {
            return Optional.of(json(send("GET", path, "application/json", null)));
        } catch (ApiError e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Applies what is ours of an object, as the owner of these fields; makes it if it is not there. */
    public JsonNode apply(String path, String owner, ObjectNode object) {
        return json(
                send("PATCH", path + "?fieldManager=" + owner + "&force=true", "application/apply-patch+yaml", object));
    }

    /** Makes an object. */
    public JsonNode create(String path, ObjectNode object) {
        return json(send("POST", path, "application/json", object));
    }

    /** Replaces an object; refused with 409 if it has changed since it was read. */
    public JsonNode replace(String path, ObjectNode object) {
        return json(send("PUT", path, "application/json", object));
    }

    /** Deletes an object if it is still that one; nothing happens if it has gone or is another. */
    public void delete(String path, String uid) {
        ObjectNode options = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "DeleteOptions");
        options.putObject("preconditions").put("uid", uid);
        try {
            send("DELETE", path, "application/json", options);
        } catch (ApiError e) {
            if (e.status() != 404 && e.status() != 409) {
                throw e;
            }
        }
    }

    /**
     * Hands over what happens to a list until the API ends the answer.
     *
     * @param version of the list, after which to begin
     */
    public void watch(String path, String version, Duration length, Consumer<JsonNode> event) {
        String query = "?watch=true&allowWatchBookmarks=true&resourceVersion=" + version + "&timeoutSeconds="
                + length.toSeconds();
        HttpRequest request = request("GET", path + query, "application/json", null)
                .timeout(length.plus(PATIENCE))
                .build();
        HttpResponse<Stream<String>> response = exchange(request, BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() != 200) {
                throw new ApiError(response.statusCode(), "GET " + path + " (watch): " + response.statusCode());
            }
            lines.filter(line -> !line.isBlank()).map(Api::json).forEach(event);
        }
    }

    private String send(String method, String path, String type, @Nullable ObjectNode body) {
        HttpResponse<String> response =
                exchange(request(method, path, type, body).timeout(PATIENCE).build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new ApiError(response.statusCode(), method + " " + path + ": " + message(response));
        }
        return response.body();
    }

    private HttpRequest.Builder request(String method, String path, String type, @Nullable ObjectNode body) {
        return HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + token.get())
                .header("Accept", "application/json")
                .header("Content-Type", type)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException e) {
            throw new ApiError(0, request.method() + " " + request.uri().getPath() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiError(0, request.method() + " " + request.uri().getPath() + " was interrupted");
        }
    }

    /** What the API says in its Status object. */
    private static String message(HttpResponse<String> response) {
        try {
            String message = JSON.readTree(response.body()).path("message").asText();
            return response.statusCode() + " " + message;
        } catch (JsonProcessingException e) {
            return Integer.toString(response.statusCode());
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ApiError(0, "the API's answer is not JSON: " + e.getOriginalMessage());
        }
    }
}
