package org.pgrehearsal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.pgrehearsal.store.CertificateAuthority;
import org.pgrehearsal.store.EmbeddedStore;
import org.pgrehearsal.store.S3Access;

/**
 * The store of the harness without the harness, for a measurement of the bare commands: {@code DIRECTORY BUCKET}. Writes what a client needs into
 * {@code DIRECTORY/access}, which only its own user can read, as variables of a shell; serves until its standard input ends.
 */
public final class StoreServer {
    private StoreServer() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        String bucket = arguments[1];
        try (EmbeddedStore store = EmbeddedStore.start(
                directory.resolve("objects"), CertificateAuthority.create(directory.resolve("ca.pem")))) {
            store.createBucket(bucket);
            publish(store.access(), bucket, directory);
            while (System.in.read() >= 0) {
                // nothing is said on standard input: only its end counts
            }
        }
    }

    /** Complete from the moment at which it is there. */
    private static void publish(S3Access access, String bucket, Path directory) throws IOException {
        Path written = Files.createTempFile(
                directory,
                "access",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(written, """
                s3_bucket=%s
                s3_host=%s
                s3_port=%d
                s3_region=%s
                s3_key=%s
                s3_secret=%s
                s3_ca=%s
                """.formatted(
                        bucket,
                        access.endpoint().getHost(),
                        access.port(),
                        access.region(),
                        access.accessKey(),
                        access.secretKey(),
                        access.caCertificate()));
        Files.move(written, directory.resolve("access"));
    }
}
