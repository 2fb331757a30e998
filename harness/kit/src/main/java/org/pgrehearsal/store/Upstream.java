package org.pgrehearsal.store;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** The store behind a gate: how to connect to it, and what the gate changes in a request before it goes there. */
sealed interface Upstream {
    S3Access access();

    /** What the client is told to use as its keys. */
    Credentials clientCredentials();

    /** Whether a request carries the key that the client was given. */
    boolean admits(HttpHead head);

    /** What is sent on instead of what came. */
    Outgoing outgoing(HttpHead head, S3Request request, HttpBody body) throws IOException;

    private static boolean carriesKey(HttpHead head, String accessKey) {
        String authorization = head.first("Authorization");
        return authorization != null
                && authorization.startsWith("AWS4-HMAC-SHA256 ")
                && authorization.contains("Credential=" + accessKey + "/");
    }

    /** A request as it leaves the gate. */
    record Outgoing(HttpHead head, HttpBody body) {}

    default Socket connect() throws IOException {
        var plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(access().endpoint().getHost(), access().port()), (int)
                    Duration.ofSeconds(10).toMillis());
            return plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** The same connection, within TLS if the store speaks it; its certificate must be for the name in the endpoint. */
    default Socket secured(Socket plain) throws IOException {
        if (!access().isTls()) {
            return plain;
        }
        SSLSocket tls = (SSLSocket) Trust.context(access().caCertificate())
                .getSocketFactory()
                .createSocket(plain, access().endpoint().getHost(), access().port(), true);
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    /**
     * Requests go on as they are signed by the client, with the store's own keys; for a store of ours, which checks them.
     *
     * <p>All but one kind: S3Proxy 2.7.0 does not know the unsigned streamed bodies that boto3 sends by default, so those are sent on as their
     * plain content under a new signature, and of the client's only the key is looked at.
     */
    record Passing(S3Access access) implements Upstream {
        @Override
        public Credentials clientCredentials() {
            return new Credentials(access.accessKey(), access.secretKey());
        }

        @Override
        public boolean admits(HttpHead head) {
            return !isUnsignedStream(head) || carriesKey(head, access.accessKey());
        }

        @Override
        public Outgoing outgoing(HttpHead head, S3Request request, HttpBody body) throws IOException {
            return isUnsignedStream(head) ? Resigner.sign(access, head, request, body) : new Outgoing(head, body);
        }

        private static boolean isUnsignedStream(HttpHead head) {
            return head.says("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        }
    }

    /** Requests are signed anew, with keys that the client never sees; it gets others, good for this gate only. */
    record Signing(S3Access access, Credentials clientCredentials) implements Upstream {
        @Override
        public boolean admits(HttpHead head) {
            return carriesKey(head, clientCredentials.accessKey());
        }

        @Override
        public Outgoing outgoing(HttpHead head, S3Request request, HttpBody body) throws IOException {
            return Resigner.sign(access, head, request, body);
        }
    }
}
