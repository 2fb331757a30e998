package org.pgrehearsal.store;

/**
 * A store that speaks S3. Clients under test are let in only through a {@link Gate}; {@link Bucket} is our own view, which passes none.
 * Closing closes every gate that was opened here.
 */
public interface ObjectStore extends AutoCloseable {
    /** The name that reports use: {@code embedded}, {@code external}… */
    String name();

    /** The gate through which engines write and read by default; faults for them are injected here. */
    Gate gate();

    /** Another way in, for example a read-only one for a restore. It has its own records and faults. */
    Gate openGate(Gate.Policy policy);

    /** What an engine needs to come in through {@link #gate()}. */
    default S3Access access() {
        return gate().access();
    }

    /** A bucket, whether it exists or not. */
    Bucket bucket(String name);

    /**
     * A part of a bucket.
     *
     * @param prefix before every key, ending in a slash
     */
    Bucket bucket(String name, String prefix);

    /** Makes an empty bucket. */
    Bucket createBucket(String name);

    /** Removes a bucket with everything in it. */
    void deleteBucket(String name);

    @Override
    void close();
}
