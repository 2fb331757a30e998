package org.pgrehearsal.store;

/**
 * A store that speaks S3.
 */
public interface ObjectStore extends AutoCloseable {
    /** The name that reports use: {@code embedded}, {@code external}… */
    String name();

    /** What an engine needs to come in. */
    S3Access access();

    /** A bucket, whether it exists or not. */
    Bucket bucket(String name);

    /** Makes an empty bucket. */
    Bucket createBucket(String name);

    /** Removes a bucket with everything in it. */
    void deleteBucket(String name);

    @Override
    void close();
}
