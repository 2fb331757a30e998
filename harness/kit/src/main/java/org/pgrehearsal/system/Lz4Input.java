package org.pgrehearsal.system;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.commons.codec.digest.XXHash32;

/**
 * Reads LZ4 frames as they come (LZ4 frame format 1.6, block format 1.5), linked blocks included, checksums checked. commons-compress goes byte
 * by byte through the runs of zeros that fill a WAL segment, which cost a third of a run's time; lz4-java does not read linked blocks, which
 * pgBackRest writes.
 */
final class Lz4Input extends InputStream {
    private static final int MAGIC = 0x184D2204;
    private static final int VERSION_1 = 0b0100_0000;
    private static final int VERSION = 0b1100_0000;
    private static final int BLOCK_CHECKSUM = 0b1_0000;
    private static final int CONTENT_SIZE = 0b1000;
    private static final int CONTENT_CHECKSUM = 0b100;
    private static final int DICTIONARY = 0b1;
    private static final int STORED = 0x8000_0000;
    private static final int SHORTEST_MATCH = 4;
    /** As far back as a match may lie. */
    private static final int WINDOW = 1 << 16;

    private final InputStream in;
    private boolean inFrame;
    private int flags;
    private int largestBlock;
    private XXHash32 content = new XXHash32();
    /** The block that is handed out, behind what later ones may refer to. */
    private byte[] out = new byte[0];

    private int begin;
    private int next;
    private int end;

    Lz4Input(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** @throws IOException if the frames end too early, are damaged, or are none */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (next == end) {
            if (!inFrame && !frame()) {
                return -1;
            }
            block();
        }
        int count = Math.min(length, end - next);
        System.arraycopy(out, next, buffer, offset, count);
        next += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Reads the head of a frame; false at the end of all. */
    private boolean frame() throws IOException {
        byte[] magic = in.readNBytes(Integer.BYTES);
        if (magic.length == 0) {
            demand(out.length > 0, "this is no LZ4 frame");
            return false;
        }
        demand(magic.length == Integer.BYTES && number(magic) == MAGIC, "this is no LZ4 frame");
        byte[] head = bytes(2);
        flags = head[0];
        demand((flags & VERSION) == VERSION_1, "this is not version 1 of the LZ4 frame");
        demand((flags & DICTIONARY) == 0, "the LZ4 frame wants a dictionary");
        int size = head[1] >>> 4;
        demand(size >= 4 && size <= 7, "the head of the LZ4 frame is damaged");
        largestBlock = 1 << (8 + 2 * size);
        XXHash32 hash = new XXHash32();
        hash.update(head, 0, head.length);
        if ((flags & CONTENT_SIZE) != 0) {
            hash.update(bytes(Long.BYTES), 0, Long.BYTES);
        }
        demand((byte) (hash.getValue() >>> 8) == bytes(1)[0], "the head of the LZ4 frame is damaged");
        content = new XXHash32();
        out = new byte[WINDOW + largestBlock];
        begin = 0;
        next = 0;
        end = 0;
        inFrame = true;
        return true;
    }

    private void block() throws IOException {
        int size = number(bytes(Integer.BYTES));
        if (size == 0) {
            inFrame = false;
            if ((flags & CONTENT_CHECKSUM) != 0) {
                demand(
                        (int) content.getValue() == number(bytes(Integer.BYTES)),
                        "the LZ4 frame does not have its checksum");
            }
            return;
        }
        int length = size & ~STORED;
        demand(length <= largestBlock, "a block of the LZ4 frame is damaged");
        byte[] block = bytes(length);
        if ((flags & BLOCK_CHECKSUM) != 0) {
            demand(hash(block, 0, length) == number(bytes(Integer.BYTES)), "a block of the LZ4 frame is damaged");
        }
        int kept = Math.min(end, WINDOW);
        System.arraycopy(out, end - kept, out, 0, kept);
        begin = kept;
        next = kept;
        end = kept;
        ByteBuffer from = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if ((size & STORED) != 0) {
                literals(from, length);
            } else {
                sequences(from);
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IOException("a block of the LZ4 frame is damaged", e);
        }
        if ((flags & CONTENT_CHECKSUM) != 0) {
            content.update(out, begin, end - begin);
        }
    }

    private void sequences(ByteBuffer block) throws IOException {
        while (true) {
            int token = Byte.toUnsignedInt(block.get());
            literals(block, length(block, token >>> 4));
            if (!block.hasRemaining()) {
                return;
            }
            int offset = Short.toUnsignedInt(block.getShort());
            demand(offset > 0 && offset <= end, "a block of the LZ4 frame points before its beginning");
            repeat(offset, length(block, token & 15) + SHORTEST_MATCH);
        }
    }

    private static int length(ByteBuffer block, int nibble) {
        int length = nibble;
        if (nibble == 15) {
            int more;
            do {
                more = Byte.toUnsignedInt(block.get());
                length += more;
            } while (more == 255);
        }
        return length;
    }

    private void literals(ByteBuffer block, int length) {
        block.get(out, end, length);
        end += length;
    }

    /** Appends what lies so far back; what is appended may be read again. */
    private void repeat(int offset, int length) {
        int from = end - offset;
        int done = 0;
        while (done < length) {
            int chunk = Math.min(length - done, offset + done);
            System.arraycopy(out, from, out, end + done, chunk);
            done += chunk;
        }
        end += length;
    }

    private byte[] bytes(int count) throws IOException {
        byte[] read = in.readNBytes(count);
        if (read.length < count) {
            throw new EOFException("the LZ4 frame ends too early");
        }
        return read;
    }

    private static int number(byte[] four) {
        return ByteBuffer.wrap(four).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private static int hash(byte[] bytes, int from, int length) {
        XXHash32 hash = new XXHash32();
        hash.update(bytes, from, length);
        return (int) hash.getValue();
    }

    private static void demand(boolean right, String complaint) throws IOException {
        if (!right) {
            throw new IOException(complaint);
        }
    }
}
