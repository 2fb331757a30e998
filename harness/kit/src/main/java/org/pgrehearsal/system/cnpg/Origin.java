package org.pgrehearsal.system.cnpg;

import org.pgrehearsal.store.Bucket;
import org.pgrehearsal.store.S3Access;

/**
 * Where a database's backups and its archive are, as the components lay them out: {@code <cluster>/<namespace>/<name>} in the bucket,
 * and below that one place for each life of the database.
 *
 * @param access     how pods reach the store; with an authority of its own
 * @param bucket     the bucket's name
 * @param path       where in it, if it is somebody else's: empty, or with a slash at its end
 * @param generation which life, from 1
 */
public record Origin(S3Access access, String bucket, String path, int generation) {
    /** The name of every drill's Cluster, each in a namespace of its own. */
    public static final String NAME = "database";

    /** The name of the Kubernetes cluster in {@link #PLACE}. */
    private static final String CLUSTER = "drill";

    /** What stands for the namespace in the path: copies of a source's bucket are restored elsewhere, by the source's path. */
    static final String NAMESPACE = "source";

    /** Where the components put a database, in a bucket. */
    static final String PLACE = CLUSTER + "/" + NAMESPACE + "/" + NAME;

    /** The name of the archive of a life: a server of barman-cloud, an Archive and a stanza of the pgBackRest plugin. */
    static String archive(int generation) {
        return NAME + "-v" + generation;
    }

    /**
     * The origin that a bucket is.
     *
     * @param bucket from the system's prefix on
     * @param prefix of the system
     */
    public static Origin of(S3Access access, Bucket bucket, String prefix, int generation) {
        return new Origin(access, bucket.name(), above(bucket, prefix), generation);
    }

    /** What a bucket's prefix has before another one, with which it ends. */
    static String above(Bucket bucket, String prefix) {
        if (!bucket.prefix().endsWith(prefix)) {
            throw new IllegalArgumentException("the bucket begins at " + bucket.prefix() + ", not at " + prefix);
        }
        return bucket.prefix().substring(0, bucket.prefix().length() - prefix.length());
    }

    /** What stands for the Kubernetes cluster in the path. */
    String cluster() {
        return path + CLUSTER;
    }
}
