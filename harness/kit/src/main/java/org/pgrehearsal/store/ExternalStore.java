package org.pgrehearsal.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pgrehearsal.undo.UndoStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket that somebody else owns, wherever it is. It is looked at with the keys that we were given; what is under test never sees them: its
 * gates hand out keys of their own and sign again.
 *
 * <p>The bucket itself is neither made nor removed. What stands for a bucket of ours is a place in it, {@code <prefix>/<name>/}, which must be
 * empty when it is made and is removed again at the latest when the store is closed: only then, and when no gate lets anything in any more.
 */
public final class ExternalStore implements ObjectStore {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalStore.class);

    private final String bucketName;
    private final String prefix;
    private final boolean keep;
    private final S3Client client;
    private final Gates gates;
    private final UndoStack undo = new UndoStack();
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    private ExternalStore(
            S3Access access, String bucketName, String prefix, boolean keep, CertificateAuthority authority) {
        this.bucketName = bucketName;
        this.prefix = normal(prefix);
        this.keep = keep;
        this.client = S3Clients.connect(access);
        this.gates = new Gates(policy -> Gate.signing(access, authority, policy));
    }

    /**
     * Reaches out with one small listing.
     *
     * @param access    endpoint, region and keys; see {@link ExternalKeys} for where keys come from
     * @param bucket    must exist
     * @param prefix    where in the bucket the backups are, or may be put; may be empty, slashes at its ends mean nothing
     * @param keep      whether places made here stay
     * @param authority issues the certificates of its gates
     * @throws StoreException with one line that says what is wrong and what to do about it
     */
    public static ExternalStore open(
            S3Access access, String bucket, String prefix, boolean keep, CertificateAuthority authority) {
        var store = new ExternalStore(access, bucket, prefix, keep, authority);
        try (S3Client once = S3Clients.connectOnce(access)) {
            once.listObjectsV2(
                    request -> request.bucket(bucket).prefix(store.prefix).maxKeys(1));
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw new StoreException(Diagnosis.of(e, access, bucket), e);
        }
    }

    private static String normal(String prefix) {
        String inner = prefix.replaceAll("^/+|/+$", "");
        return inner.isEmpty() ? "" : inner + "/";
    }

    @Override
    public String name() {
        return "external";
    }

    /** Everything under the prefix. */
    public Bucket bucket() {
        return new S3Bucket(client, bucketName, prefix);
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
        return place(name);
    }

    @Override
    public Bucket bucket(String name, String part) {
        return new S3Bucket(client, bucketName, prefix + name + "/" + part);
    }

    /**
     * Makes a place, which needs no request to the store but the one that shows that nothing is there.
     *
     * @throws StoreException if something is there: it is not ours to write over, nor to remove
     */
    @Override
    public Bucket createBucket(String name) {
        S3Bucket place = place(name);
        if (!place.list("").isEmpty()) {
            throw new StoreException("there is something in " + address(place) + " already, and it is not of this run;"
                    + " remove it yourself, or choose another prefix");
        }
        if (!keep) {
            undo.push("remove " + address(place), () -> remove(name));
        }
        made.add(name);
        return place;
    }

    /** @throws StoreException if the place was not made here */
    @Override
    public void deleteBucket(String name) {
        if (!made.contains(name)) {
            throw new StoreException("will not remove " + address(place(name))
                    + ": this run did not make it; do it with the store's own tools");
        }
        remove(name);
    }

    private void remove(String name) {
        if (made.remove(name)) {
            S3Bucket place = place(name);
            try {
                place.abandonUploads();
            } catch (StoreException e) {
                // not every store lists them
                LOG.debug("uploads to {}: {}", address(place), e.getMessage());
            }
            place.deleteEverything();
        }
    }

    private S3Bucket place(String name) {
        return new S3Bucket(client, bucketName, prefix + name + "/");
    }

    private static String address(Bucket place) {
        return "s3://" + place.name() + "/" + place.prefix();
    }

    /** Lets nobody in any more, then removes what was made. */
    @Override
    public void close() {
        gates.close();
        try {
            undo.close();
        } finally {
            client.close();
        }
    }
}
