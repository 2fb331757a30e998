package org.pgrehearsal.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.CertificateAuthority;
import org.pgrehearsal.store.EmbeddedStore;
import org.pgrehearsal.store.S3Access;

/**
 * A store that plays the one that is somebody else's, with one bucket. Its main method makes it a process of its own, to try the command line
 * by hand.
 */
final class StrangersStore implements AutoCloseable {
    static final String BUCKET = "backups";

    private final Path directory;
    private final EmbeddedStore store;
    private final Bucket bucket;

    StrangersStore(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        store = EmbeddedStore.start(
                directory.resolve("objects"), CertificateAuthority.create(directory.resolve("store-ca.pem")));
        bucket = store.createBucket(BUCKET);
        Files.writeString(
                directory.resolve("keys"),
                "AWS_ACCESS_KEY_ID=%s%nAWS_SECRET_ACCESS_KEY=%s%n"
                        .formatted(access().accessKey(), access().secretKey()));
    }

    S3Access access() {
        return store.access();
    }

    Bucket bucket() {
        return bucket;
    }

    /** What the command line needs to use it. */
    List<String> options() {
        return List.of(
                "--endpoint=" + access().endpoint(),
                "--bucket=" + BUCKET,
                "--ca=" + access().caCertificate(),
                "--keys=" + directory.resolve("keys"));
    }

    @Override
    public void close() {
        store.close();
    }

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        try (StrangersStore store = new StrangersStore(Path.of(arguments[0]))) {
            Files.writeString(Path.of(arguments[0], "options"), String.join(" ", store.options()) + "\n");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
