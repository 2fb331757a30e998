package org.pgrehearsal.cli;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.drills.StoreChoice;
import org.pgrehearsal.store.ExternalKeys;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A bucket that exists already, wherever it is. Its keys come from the environment or a file: every user can read a command line. */
@Command(sortOptions = false)
final class BucketOptions {
    static final String REGION = "us-east-1";

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "The external store: https://host[:port], without the bucket.")
    private @Nullable String endpoint;

    @Option(names = "--bucket", paramLabel = "NAME", description = "A bucket that exists there.")
    private @Nullable String bucket;

    @Option(
            names = {"--prefix", "--path"},
            paramLabel = "PREFIX",
            description = "Where in the bucket (default: its root). For pgBackRest, the repository's path.")
    private @Nullable String prefix;

    @Option(names = "--region", paramLabel = "NAME", description = "The store's region (default: " + REGION + ").")
    private @Nullable String region;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file with the authority of the store's certificate (default: those that Java trusts).")
    private @Nullable Path authority;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "File with AWS_ACCESS_KEY_ID= and AWS_SECRET_ACCESS_KEY= (default: the environment).")
    private @Nullable Path keys;

    /** What the options say, or a usage error. */
    StoreChoice.External choice(CommandLine commandLine) {
        String url = required(endpoint, "--endpoint=URL", commandLine);
        String name = required(bucket, "--bucket=NAME", commandLine);
        if (authority != null && !Files.isReadable(authority)) {
            throw new ParameterException(commandLine, "cannot read --ca " + authority + "; give a PEM file");
        }
        try {
            ExternalKeys pair =
                    keys == null ? ExternalKeys.fromEnvironment(System.getenv()) : ExternalKeys.fromFile(keys);
            S3Access access = new S3Access(
                    URI.create(url),
                    Objects.requireNonNullElse(region, REGION),
                    pair.accessKey(),
                    pair.secretKey(),
                    authority == null ? null : authority.toAbsolutePath());
            if (!List.of("http", "https")
                    .contains(String.valueOf(access.endpoint().getScheme()))) {
                throw new IllegalArgumentException(
                        "not the endpoint of a store: " + url + " (want http:// or https://)");
            }
            return new StoreChoice.External(access, name, Objects.requireNonNullElse(prefix, ""));
        } catch (StoreException e) {
            String remedy = keys == null ? ", or give --keys FILE" : "";
            throw new ParameterException(commandLine, e.getMessage() + remedy, e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, String.valueOf(e.getMessage()), e);
        }
    }

    /** These options are for a store that is not used. */
    void demandNone(CommandLine commandLine) {
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "--endpoint", endpoint);
        put(given, "--bucket", bucket);
        put(given, "--prefix", prefix);
        put(given, "--region", region);
        put(given, "--ca", authority);
        put(given, "--keys", keys);
        if (!given.isEmpty()) {
            throw new ParameterException(
                    commandLine,
                    String.join(", ", given.keySet()) + " is for --store external; add that, or leave it out");
        }
    }

    private static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    private static String required(@Nullable String value, String option, CommandLine commandLine) {
        if (value == null || value.isBlank()) {
            throw new ParameterException(commandLine, "an external store needs " + option);
        }
        return value;
    }
}
