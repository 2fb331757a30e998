package org.pgrehearsal.plugin.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.pgrehearsal.plugin.Pause;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.ApiError;
import org.pgrehearsal.plugin.kubernetes.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two Secrets of type kubernetes.io/tls that CloudNativePG and this plugin know each other by. One that somebody else keeps, such as cert-manager,
 * is used as it is; one that is missing is made, and made anew when a third of its life is left. Either way the files of the endpoint follow.
 */
public final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
    private static final String MANAGED = "app.kubernetes.io/managed-by";
    private static final String US = "plugin-pgbackrest";
    private static final Duration RENEW = Pair.LIFE.dividedBy(3);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Api api;
    private final String namespace;
    private final String server;
    private final String client;
    private final Path directory;
    private final Clock clock;

    /**
     * Certificates in Secrets.
     *
     * @param server    the Secret of the endpoint; the Service has the same names as its certificate
     * @param client    the Secret that CloudNativePG shows
     * @param directory for the files
     */
    public Certificates(Api api, String namespace, String server, String client, Path directory, Clock clock) {
        this.api = api;
        this.namespace = namespace;
        this.server = server;
        this.client = client;
        this.directory = directory;
        this.clock = clock;
    }

    public Path serverCertificate() {
        return directory.resolve("server.crt");
    }

    public Path serverKey() {
        return directory.resolve("server.key");
    }

    public Path clientCertificate() {
        return directory.resolve("client.crt");
    }

    /**
     * Makes what is missing or old, and brings the files up to date.
     *
     * @param service the name of the Service
     */
    public void refresh(String service) throws IOException, GeneralSecurityException, InterruptedException {
        Pair own = current(server, List.of(service, service + "." + namespace + ".svc", service + "." + namespace));
        Pair theirs = current(client, List.of(client));
        write(serverKey(), own.key());
        write(serverCertificate(), own.certificate());
        write(clientCertificate(), theirs.certificate());
    }

    /** Looks at the Secrets until it is interrupted. */
    public void run(String service) {
        while (Pause.of(LOOK)) {
            try {
                refresh(service);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | GeneralSecurityException | ApiError | IllegalArgumentException e) {
                LOG.warn("the certificates cannot be renewed, those in use stay: {}", e.toString());
            }
        }
    }

    private Pair current(String name, List<String> names)
            throws IOException, GeneralSecurityException, InterruptedException {
        Optional<JsonNode> secret = api.get(Kind.SECRET.named(namespace, name));
        if (secret.isPresent()) {
            Pair pair = new Pair(text(secret.get(), "tls.crt"), text(secret.get(), "tls.key"));
            boolean ours =
                    secret.get().at("/metadata/labels").path(MANAGED).asText().equals(US);
            if (!ours || pair.end().minus(RENEW).isAfter(clock.instant())) {
                return pair;
            }
        }
        Pair pair = Pair.make(names, directory);
        api.apply(Kind.SECRET.named(namespace, name), US, secret(name, pair));
        LOG.info("made the certificate in Secret {}", name);
        return pair;
    }

    private ObjectNode secret(String name, Pair pair) {
        ObjectNode secret = Api.JSON
                .createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "Secret")
                .put("type", "kubernetes.io/tls");
        secret.putObject("metadata")
                .put("name", name)
                .put("namespace", namespace)
                .putObject("labels")
                .put(MANAGED, US);
        secret.putObject("data").put("tls.crt", base64(pair.certificate())).put("tls.key", base64(pair.key()));
        return secret;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(JsonNode secret, String key) throws IOException {
        String value = secret.path("data").path(key).asText();
        if (value.isEmpty()) {
            throw new IOException("Secret " + secret.at("/metadata/name").asText() + " has no " + key);
        }
        return new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII);
    }

    private void write(Path file, String text) throws IOException {
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Path draft = Files.createTempFile(
                directory,
                "draft",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
