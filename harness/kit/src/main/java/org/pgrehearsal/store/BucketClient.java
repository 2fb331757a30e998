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

    private BucketClient(S3Client client, String name, String prefix) {
        this.client = client;
        this.bucket = new S3Bucket(client, name, prefix);
    }

    /**
     * Opens a bucket; nothing is asked of the store yet.
     *
     * @param prefix   as in {@link Bucket#prefix}
     * @param patience how long the store may be silent before a request has failed
     */
    public static BucketClient open(S3Access access, String bucket, String prefix, Duration patience) {
        return new BucketClient(S3Clients.connect(access, patience), bucket, prefix);
    }

    public Bucket bucket() {
        return bucket;
    }

    @Override
    public void close() {
        client.close();
    }
}
