package org.pgrehearsal.sabotage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What an object holds, with one byte changed or the end cut off, while it passes by. */
final class AlteredStream extends FilterInputStream {
    private static final long NOWHERE = -1;

    private final long size;
    private final long changed;
    private final int mask;
    private long position;

    private AlteredStream(InputStream in, long size, long changed, int mask) {
        super(in);
        this.size = size;
        this.changed = changed;
        this.mask = mask;
    }

    /** Ends after so many bytes. */
    static InputStream cutAfter(InputStream in, long size) {
        return new AlteredStream(in, size, NOWHERE, 0);
    }

    /** Flips bits of the byte at an offset. */
    static InputStream flipped(InputStream in, long offset, int mask) {
        return new AlteredStream(in, Long.MAX_VALUE, offset, mask);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (position >= size) {
            return -1;
        }
        int count = super.read(buffer, offset, (int) Math.min(length, size - position));
        if (count < 0) {
            return -1;
        }
        if (changed >= position && changed < position + count) {
            buffer[offset + (int) (changed - position)] ^= (byte) mask;
        }
        position += count;
        return count;
    }

    /** Reads, so that no byte passes by unseen. */
    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
