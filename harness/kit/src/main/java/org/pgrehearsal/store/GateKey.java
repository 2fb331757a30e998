package org.pgrehearsal.store;

import java.util.concurrent.atomic.AtomicLong;

/** A pair of keys that opens a gate, until it is revoked. Any number are valid side by side. */
public final class GateKey {
    private final Upstream upstream;
    private final S3Access access;
    private final AtomicLong uses = new AtomicLong();
    private volatile boolean revoked;

    GateKey(Upstream upstream, S3Access gate) {
        this.upstream = upstream;
        Credentials client = upstream.clientCredentials();
        this.access = new S3Access(
                gate.endpoint(), gate.region(), client.accessKey(), client.secretKey(), gate.caCertificate());
    }

    /** The gate, with these keys. */
    public S3Access access() {
        return access;
    }

    /** How many requests came with it and were let in. */
    public long uses() {
        return uses.get();
    }

    /** From now on whoever comes with it is answered 403 {@code InvalidAccessKeyId}. */
    public void revoke() {
        revoked = true;
    }

    boolean admits(HttpHead head) {
        if (revoked || !upstream.admits(head)) {
            return false;
        }
        uses.incrementAndGet();
        return true;
    }

    Upstream upstream() {
        return upstream;
    }
}
