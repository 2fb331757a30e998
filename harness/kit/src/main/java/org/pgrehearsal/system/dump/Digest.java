package org.pgrehearsal.system.dump;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 and size of what passes through a stream. */
final class Digest extends InputStream {
    private final InputStream source;
    private final MessageDigest digest = sha256();
    private long size;

    Digest(InputStream source) {
        this.source = source;
    }

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = source.read(target, offset, length);
        if (count > 0) {
            digest.update(target, offset, count);
            size += count;
        }
        return count;
    }

    /** What has passed, as a part with this key; to be asked once, at the end. */
    Manifest.Part part(String key) {
        return new Manifest.Part(key, HexFormat.of().formatHex(digest.digest()), size);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
