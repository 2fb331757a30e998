package org.pgrehearsal.plugin.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A parameter of a plugin entry.
 *
 * @param name    without the repository's number
 * @param kind    what it may look like
 * @param choices the only values; empty if the kind says it all
 * @param option  whether pgBackRest has an option of this name; if not, it is ours
 */
record Parameter(String name, ValueKind kind, List<String> choices, boolean option) {
    /** Those of an archive as a whole. */
    static final Map<String, Parameter> GENERAL = byName(
            ours("stanza", ValueKind.STANZA),
            option("process-max", ValueKind.NUMBER),
            choice("compress-type", "gz", "bz2", "lz4", "zst", "none"),
            option("compress-level", ValueKind.NUMBER),
            option("start-fast", ValueKind.FLAG),
            option("archive-async", ValueKind.FLAG),
            option("archive-timeout", ValueKind.NUMBER),
            option("archive-get-queue-max", ValueKind.SIZE),
            option("io-timeout", ValueKind.NUMBER),
            option("buffer-size", ValueKind.SIZE),
            ours("backup-wal-timeout", ValueKind.NUMBER),
            ours("allow-stanza-upgrade", ValueKind.FLAG),
            ours("sidecar-cpu-request", ValueKind.QUANTITY),
            ours("sidecar-cpu-limit", ValueKind.QUANTITY),
            ours("sidecar-memory-request", ValueKind.QUANTITY),
            ours("sidecar-memory-limit", ValueKind.QUANTITY));

    /** Those of one repository: {@code repo2-s3-bucket}; without a number, of the first. */
    static final Map<String, Parameter> REPOSITORY = byName(
            choice("type", "s3", "azure", "gcs", "posix"),
            option("path", ValueKind.PATH),
            option("s3-bucket", ValueKind.TEXT),
            option("s3-endpoint", ValueKind.HOST),
            option("s3-region", ValueKind.TEXT),
            choice("s3-uri-style", "host", "path"),
            choice("s3-key-type", "shared", "auto", "web-id"),
            option("s3-role", ValueKind.TEXT),
            option("s3-kms-key-id", ValueKind.TEXT),
            option("azure-container", ValueKind.TEXT),
            option("azure-endpoint", ValueKind.HOST),
            choice("azure-key-type", "shared", "sas", "auto"),
            choice("azure-uri-style", "host", "path"),
            option("gcs-bucket", ValueKind.TEXT),
            option("gcs-endpoint", ValueKind.HOST),
            choice("gcs-key-type", "service", "auto"),
            option("storage-host", ValueKind.HOST),
            option("storage-port", ValueKind.NUMBER),
            option("storage-verify-tls", ValueKind.FLAG),
            option("storage-upload-chunk-size", ValueKind.SIZE),
            choice("cipher-type", "none", "aes-256-cbc"),
            option("bundle", ValueKind.FLAG),
            option("block", ValueKind.FLAG),
            option("retention-full", ValueKind.NUMBER),
            choice("retention-full-type", "count", "time"),
            option("retention-diff", ValueKind.NUMBER),
            option("retention-archive", ValueKind.NUMBER),
            choice("retention-archive-type", "full", "diff", "incr"),
            option("retention-history", ValueKind.NUMBER),
            choices("credentials", "secret", "environment"),
            ours("secret", ValueKind.NAME),
            ours("ca-secret", ValueKind.NAME),
            ours("claim", ValueKind.NAME));

    /** Other names of parameters of the first repository. */
    static final Map<String, String> ALIASES = Map.of("s3-repo-path", "path", "repo-path", "path");

    Parameter {
        choices = List.copyOf(choices);
    }

    boolean accepts(String value) {
        return choices.isEmpty() ? kind.accepts(value) : choices.contains(value);
    }

    /** The end of "must be …". */
    String words() {
        return choices.isEmpty() ? kind.words() : "one of " + String.join(", ", choices);
    }

    private static Parameter option(String name, ValueKind kind) {
        return new Parameter(name, kind, List.of(), true);
    }

    private static Parameter choice(String name, String... choices) {
        return new Parameter(name, ValueKind.TEXT, List.of(choices), true);
    }

    private static Parameter choices(String name, String... choices) {
        return new Parameter(name, ValueKind.TEXT, List.of(choices), false);
    }

    private static Parameter ours(String name, ValueKind kind) {
        return new Parameter(name, kind, List.of(), false);
    }

    private static Map<String, Parameter> byName(Parameter... parameters) {
        Map<String, Parameter> all = new LinkedHashMap<>();
        for (Parameter one : parameters) {
            all.put(one.name(), one);
        }
        return all;
    }
}
