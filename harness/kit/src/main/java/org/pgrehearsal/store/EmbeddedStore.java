package org.pgrehearsal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 server in this JVM, its objects plain files in one directory.
 *
 * <p>The keys are made up at each start. The server itself listens on the loopback address only and speaks plain HTTP;
 * engines see the gates in front of it, which speak TLS. A copy between its buckets shares the file
 * of each object until one of the two is written anew, so a copy of a large archive costs no space; the files must not be changed in place.
 */
public final class EmbeddedStore implements ObjectStore {
    private static final String REGION = "us-east-1";

    private final Path directory;
    private final S3ProxyServer server;
    private final S3Access direct;
    private final S3Client client;
    private final Gates gates;

    private EmbeddedStore(Path directory, S3ProxyServer server, S3Access direct, CertificateAuthority authority) {
        this.directory = directory;
        this.server = server;
        this.direct = direct;
        this.gates = new Gates(policy -> Gate.passing(direct, authority, policy));
        this.client = S3Clients.connect(direct);
    }

    /**
     * Starts a server.
     *
     * @param directory where it keeps its objects; made if it is missing
     * @param authority issues the certificates of its gates
     */
    public static EmbeddedStore start(Path directory, CertificateAuthority authority) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StoreException("cannot make the directory of the embedded store: " + e, e);
        }
        Credentials credentials = Credentials.random();
        var server = new S3ProxyServer(directory, credentials);
        var direct = new S3Access(server.endpoint(), REGION, credentials.accessKey(), credentials.secretKey(), null);
        return new EmbeddedStore(directory, server, direct, authority);
    }

    @Override
    public String name() {
        return "embedded";
    }

    /** The way in that passes no gate. */
    S3Access direct() {
        return direct;
    }

    @Override
    public Gate gate() {
        return gates.standard();
    }

    @Override
    public Gate openGate(Gate.Policy policy) {
        return gates.open(policy);
    }

    @Override
    public Bucket bucket(String name) {
        return s3Bucket(name);
    }

    @Override
    public Bucket bucket(String name, String prefix) {
        return new S3Bucket(client, name, prefix, directory.resolve(name).resolve(prefix));
    }

    @Override
    public Bucket createBucket(String name) {
        client.createBucket(request -> request.bucket(name));
        return bucket(name);
    }

    @Override
    public void deleteBucket(String name) {
        s3Bucket(name).deleteEverything();
        client.deleteBucket(request -> request.bucket(name));
    }

    private S3Bucket s3Bucket(String name) {
        return new S3Bucket(client, name, "", directory.resolve(name));
    }

    @Override
    public void close() {
        gates.close();
        client.close();
        server.close();
    }
}
