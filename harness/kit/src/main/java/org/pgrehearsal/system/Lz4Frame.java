package org.pgrehearsal.system;

import java.io.ByteArrayOutputStream;

/**
 * LZ4 frames whose blocks are stored as they are (LZ4 frame format 1.6, "uncompressed block"). Every reader of LZ4 takes them; a compressor in
 * Java needs minutes for a WAL segment that is mostly zeros, and we only ever write a handful of objects.
 */
final class Lz4Frame {
    /** Magic number, version 1 with independent blocks and no checksums, blocks of at most 4 MiB, and the check byte of those two. */
    private static final byte[] HEADER = {0x04, 0x22, 0x4D, 0x18, 0x60, 0x70, 0x73};

    private static final int BLOCK = 4 << 20;
    private static final int STORED = 0x8000_0000;

    private Lz4Frame() {}

    static byte[] of(byte[] content) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(content.length + 64);
        frame.writeBytes(HEADER);
        for (int start = 0; start < content.length; start += BLOCK) {
            int size = Math.min(BLOCK, content.length - start);
            number(frame, STORED | size);
            frame.write(content, start, size);
        }
        number(frame, 0);
        return frame.toByteArray();
    }

    private static void number(ByteArrayOutputStream frame, int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            frame.write(value >>> shift);
        }
    }
}
