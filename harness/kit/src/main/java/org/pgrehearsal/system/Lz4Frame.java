package org.pgrehearsal.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An LZ4 frame whose blocks are stored as they are (LZ4 frame format 1.6, "uncompressed block"), as it is made piece by piece. Every reader of
 * LZ4 takes it; a compressor in Java needs minutes for a WAL segment that is mostly zeros, and we only ever write a handful of objects.
 */
final class Lz4Frame extends InputStream {
    /** Magic number, version 1 with independent blocks and no checksums, blocks of at most 4 MiB, and the check byte of those two. */
    private static final byte[] HEADER = {0x04, 0x22, 0x4D, 0x18, 0x60, 0x70, 0x73};

    private static final int BLOCK = 4 << 20;
    private static final int STORED = 0x8000_0000;

    private final InputStream content;
    private ByteBuffer piece = ByteBuffer.wrap(HEADER);
    private boolean ended;

    /** The frame of a content. */
    Lz4Frame(InputStream content) {
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (!piece.hasRemaining()) {
            if (ended) {
                return -1;
            }
            byte[] block = content.readNBytes(BLOCK);
            ended = block.length == 0;
            piece = ByteBuffer.allocate(Integer.BYTES + block.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(ended ? 0 : STORED | block.length)
                    .put(block)
                    .flip();
        }
        int count = Math.min(length, piece.remaining());
        piece.get(buffer, offset, count);
        return count;
    }
}
