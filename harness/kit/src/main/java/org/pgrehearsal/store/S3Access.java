package org.pgrehearsal.store;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to reach a store: addresses are path style, signatures are version 4.
 *
 * @param endpoint      scheme, host and port, without a path
 * @param region        the region that signatures name
 * @param accessKey     the public half of the credentials
 * @param secretKey     the secret half; never shown
 * @param caCertificate PEM file with the authority to trust, or null for those that the machine trusts
 */
public record S3Access(
        URI endpoint,
        String region,
        String accessKey,
        String secretKey,
        @Nullable Path caCertificate) {
    public S3Access {
        String path = endpoint.getPath();
        if (endpoint.getHost() == null || (path != null && !path.isEmpty() && !path.equals("/"))) {
            throw new IllegalArgumentException(
                    "not the endpoint of a store: " + endpoint + " (want scheme://host[:port], the bucket apart)");
        }
    }

    public boolean isTls() {
        return "https".equals(endpoint.getScheme());
    }

    /** The port, also when the endpoint leaves it to its scheme. */
    public int port() {
        if (endpoint.getPort() != -1) {
            return endpoint.getPort();
        }
        return isTls() ? 443 : 80;
    }

    /** Host and port as an HTTP {@code Host} header names them: the port only if it is not the scheme's own. */
    public String authority() {
        boolean usual = port() == (isTls() ? 443 : 80);
        return usual ? endpoint.getHost() : endpoint.getHost() + ":" + port();
    }

    @Override
    public String toString() {
        return "S3Access[" + endpoint + ", region " + region + ", key " + accessKey + ", secret redacted]";
    }
}
