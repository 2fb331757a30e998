package org.pgrehearsal.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** S3Proxy on a directory, plain HTTP on a free port of the loopback address, signatures of version 4 checked. */
final class S3ProxyServer implements AutoCloseable {
    static {
        // Guice would else generate classes through sun.misc.Unsafe, about which the JVM warns on standard error
        System.setProperty("guice_bytecode_gen_option", "DISABLED");
        System.setProperty("guice_custom_class_loading", "OFF");
    }

    private final BlobStoreContext blobs;
    private final S3Proxy server;

    S3ProxyServer(Path directory, Credentials credentials) {
        var settings = new Properties();
        settings.setProperty("jclouds.filesystem.basedir", directory.toString());
        // by its class: a search by name loads every provider on the class path, also those whose libraries we leave
        // out
        blobs = ContextBuilder.newBuilder(new FilesystemNio2BlobApiMetadata())
                .credentials(credentials.accessKey(), credentials.secretKey())
                .overrides(settings)
                .buildView(BlobStoreContext.class);
        server = S3Proxy.builder()
                .blobStore(blobs.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
                // a body whose hash is in the signature is held in memory until it was checked: the largest part that
                // engines send
                .v4MaxNonChunkedRequestSize(128L * 1024 * 1024)
                .ignoreUnknownHeaders(true)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new StoreException("the embedded store did not start: " + e.getMessage(), e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new StoreException("the embedded store did not stop: " + e.getMessage(), e);
        } finally {
            blobs.close();
        }
    }
}
