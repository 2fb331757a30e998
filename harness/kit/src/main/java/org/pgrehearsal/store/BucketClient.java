package org.pgrehearsal.store;

import java.time.Duration;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket by way of an {@link S3Access}, for a backup system that is written here: it comes in like any other engine, through the gate and its
 * faults, unlike the view that {@link ObjectStore#bucket} gives.
 */
public final class BucketClient implements AutoCloseable {
    private final S3Client client;
    private final S3Bucket bucket;

    private BucketClient(S3Client client, String name) {
        this.client = client;
        this.bucket = new S3Bucket(client, name);
    }

    /**
     * Opens a bucket; nothing is asked of the store yet.
     *
     * @param patience how long the store may be silent before a request has failed
     */
    public static BucketClient open(S3Access access, String bucket, Duration patience) {
        return new BucketClient(S3Clients.connect(access, patience), bucket);
    }

    public Bucket bucket() {
        return bucket;
    }

    @Override
    public void close() {
        client.close();
    }
}
