package org.pgrehearsal.plugin.config;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One repository of an archive.
 *
 * @param number  1 or more, as pgBackRest counts
 * @param type    s3, azure, gcs or posix
 * @param options pgBackRest's, without {@code repoN-}, the type and the path included
 * @param fromEnvironment whether the sidecar's environment holds the credentials, as {@code PGBACKREST_REPO1_S3_KEY}
 * @param secret  the Secret with its credentials, if it has one
 * @param ca      the Secret with the certificate of the authority to trust, if it is not a public one
 * @param claim   the PersistentVolumeClaim that holds a posix repository
 */
public record Repository(
        int number,
        String type,
        SortedMap<String, String> options,
        boolean fromEnvironment,
        Optional<String> secret,
        Optional<String> ca,
        Optional<String> claim) {
    public Repository {
        options = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    Repository(int number, String type, Map<String, String> options, Map<String, String> ours) {
        this(
                number,
                type,
                new TreeMap<>(options),
                "environment".equals(ours.get("credentials")),
                Optional.ofNullable(ours.get("secret")),
                Optional.ofNullable(ours.get("ca-secret")),
                Optional.ofNullable(ours.get("claim")));
    }

    /** Where in its store it is. */
    public String path() {
        return options.getOrDefault("path", "");
    }

    /** Where it is, in one word: two repositories of one stanza at one place are the same. */
    public String place() {
        String container = options.getOrDefault(
                "s3-bucket",
                options.getOrDefault("azure-container", options.getOrDefault("gcs-bucket", claim.orElse(""))));
        return type + ":" + container + path();
    }

    /** Whether objects are encrypted before they leave the pod. */
    public boolean encrypted() {
        return !options.getOrDefault("cipher-type", "none").equals("none");
    }

    /** How the store knows us: shared, auto, web-id…; empty where there is nothing to prove. */
    public String keyType() {
        return switch (type) {
            case "s3" -> options.getOrDefault("s3-key-type", "shared");
            case "azure" -> options.getOrDefault("azure-key-type", "shared");
            case "gcs" -> options.getOrDefault("gcs-key-type", "service");
            default -> "";
        };
    }

    /** Whether a Secret must hold something for it. */
    public boolean needsSecret() {
        return !fromEnvironment && (encrypted() || mustProve());
    }

    private boolean mustProve() {
        return switch (keyType()) {
            case "shared", "sas", "service" -> true;
            default -> false;
        };
    }
}
