package org.pgrehearsal.store;

import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket that somebody else owns, wherever it is. It is looked at with the keys that we were given; what is under test never sees them: its
 * gates hand out keys of their own and sign again. Buckets are neither made nor removed here.
 */
public final class ExternalStore implements ObjectStore {
    private final S3Access access;
    private final String bucketName;
    private final String prefix;
    private final S3Client client;
    private final Gates gates;

    private ExternalStore(S3Access access, String bucketName, String prefix, CertificateAuthority authority) {
        this.access = access;
        this.bucketName = bucketName;
        this.prefix = prefix;
        this.client = S3Clients.connect(access);
        this.gates = new Gates(policy -> Gate.signing(access, authority, policy));
    }

    /**
     * Reaches out with one small listing.
     *
     * @param access    endpoint, region and keys; see {@link ExternalKeys} for where keys come from
     * @param bucket    must exist
     * @param prefix    where in the bucket the backups are; may be empty
     * @param authority issues the certificates of its gates
     * @throws StoreException with one line that says what is wrong and what to do about it
     */
    public static ExternalStore open(S3Access access, String bucket, String prefix, CertificateAuthority authority) {
        var store = new ExternalStore(access, bucket, prefix, authority);
        try (S3Client once = S3Clients.connectOnce(access)) {
            once.listObjectsV2(request -> request.bucket(bucket).prefix(prefix).maxKeys(1));
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw new StoreException(Diagnosis.of(e, access, bucket), e);
        }
    }

    @Override
    public String name() {
        return "external";
    }

    public String bucketName() {
        return bucketName;
    }

    public String prefix() {
        return prefix;
    }

    public Bucket bucket() {
        return bucket(bucketName);
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
        return new S3Bucket(client, name);
    }

    @Override
    public Bucket createBucket(String name) {
        throw notOurs("make", name);
    }

    @Override
    public void deleteBucket(String name) {
        throw notOurs("remove", name);
    }

    private StoreException notOurs(String what, String name) {
        return new StoreException("will not " + what + " bucket " + name + " in " + access.endpoint()
                + ": the store is somebody else's; do it there with its own tools");
    }

    @Override
    public void close() {
        gates.close();
        client.close();
    }
}
