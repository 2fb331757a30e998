package org.pgrehearsal.store;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A pair of keys made up for one run or one gate; worth nothing elsewhere. */
record Credentials(String accessKey, String secretKey) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static Credentials random() {
        return new Credentials("PGR" + hex(8).toUpperCase(java.util.Locale.ROOT), hex(20));
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public String toString() {
        return "Credentials[" + accessKey + ", secret redacted]";
    }
}
