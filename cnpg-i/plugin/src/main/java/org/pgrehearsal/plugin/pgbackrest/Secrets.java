package org.pgrehearsal.plugin.pgbackrest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.Repository;
import org.pgrehearsal.plugin.config.Settings;

/**
 * Credentials out of mounted Secrets, read anew for each command, so that a rotated key is used as soon as the kubelet has written it.
 *
 * @param environment what pgBackRest finds them in
 */
record Secrets(Map<String, String> environment) {
    private static final Pattern IN_ENVIRONMENT =
            Pattern.compile("PGBACKREST_REPO[1-9]_(.+_KEY|.+_KEY_SECRET|.+_TOKEN|CIPHER_PASS)");

    Secrets {
        environment = Map.copyOf(environment);
    }

    static Secrets read(Settings settings, Place place) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Repository repository : settings.repositories()) {
            repository.ca().ifPresent(ca -> value(place, ca, "ca.crt"));
            if (repository.needsSecret()) {
                read(repository, repository.secret().orElseThrow(), place, environment);
            }
        }
        return new Secrets(environment);
    }

    private static void read(Repository repository, String secret, Place place, Map<String, String> environment) {
        String prefix = "PGBACKREST_REPO" + repository.number() + "_";
        switch (repository.keyType()) {
            case "shared", "sas" -> {
                if (repository.type().equals("azure")) {
                    environment.put(prefix + "AZURE_ACCOUNT", value(place, secret, "account"));
                    environment.put(prefix + "AZURE_KEY", value(place, secret, "key"));
                } else {
                    environment.put(prefix + "S3_KEY", value(place, secret, "key", "S3_ACCESS_KEY_ID"));
                    environment.put(
                            prefix + "S3_KEY_SECRET", value(place, secret, "key-secret", "S3_SECRET_ACCESS_KEY"));
                    optional(place.secret(secret, "token"))
                            .ifPresent(token -> environment.put(prefix + "S3_TOKEN", token));
                }
            }
            case "service" -> value(place, secret, "key.json");
            default -> {}
        }
        if (repository.encrypted()) {
            environment.put(prefix + "CIPHER_PASS", value(place, secret, "cipher-pass"));
        }
    }

    private static String value(Place place, String secret, String key) {
        return optional(place.secret(secret, key))
                .orElseThrow(() -> Refusal.precondition("Secret " + secret + " has no value under " + key
                        + ": create it in the cluster's namespace (kubectl create secret generic " + secret
                        + " --from-file=" + key + "=…); a running pod sees it within a minute or two"));
    }

    /** A value under a key, or under the name that Secrets of other backup systems have for it. */
    private static String value(Place place, String secret, String key, String other) {
        return optional(place.secret(secret, key))
                .or(() -> optional(place.secret(secret, other)))
                .orElseGet(() -> value(place, secret, key));
    }

    private static Optional<String> optional(Path file) {
        try {
            String value = Files.readString(file).strip();
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Refusal.precondition("cannot read " + file + ": " + e);
        }
    }

    /** Text of a program without any of the values. */
    String redact(String text) {
        String clean = text;
        for (String value : environment.values()) {
            clean = clean.replace(value, "<redacted>");
        }
        for (Map.Entry<String, String> own : System.getenv().entrySet()) {
            // credentials that the sidecar was given by its own environment
            if (IN_ENVIRONMENT.matcher(own.getKey()).matches()
                    && !own.getValue().isEmpty()) {
                clean = clean.replace(own.getValue(), "<redacted>");
            }
        }
        return clean;
    }

    @Override
    public String toString() {
        return "Secrets" + environment.keySet();
    }
}
