package org.pgrehearsal.drills;

import org.pgrehearsal.store.S3Access;

/** Which object store a run uses. */
public sealed interface StoreChoice {
    /** A server in this JVM, gone when the run ends. */
    record Embedded() implements StoreChoice {}

    /**
     * A part of a bucket of somebody else's.
     *
     * @param access endpoint, region and real keys, which nothing under test ever sees
     * @param bucket must exist
     * @param prefix where in the bucket; may be empty
     */
    record External(S3Access access, String bucket, String prefix) implements StoreChoice {}

    /** The Garage of the tree, which Flux brings up in the run's Kubernetes. */
    record Garage() implements StoreChoice {}
}
