package org.pgrehearsal.system;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.commons.codec.digest.XXHash32;

/**
 * Reads LZ4 frames into memory (LZ4 frame format 1.6, block format 1.5), linked blocks included, checksums checked. commons-compress goes byte
 * by byte through the runs of zeros that fill a WAL segment, which cost a third of a run's time; lz4-java does not read linked blocks, which
 * pgBackRest writes.
 */
final class Lz4Reader {
    private static final int MAGIC = 0x184D2204;
    private static final int INDEPENDENT_VERSION_1 = 0b0100_0000;
    private static final int VERSION = 0b1100_0000;
    private static final int BLOCK_CHECKSUM = 0b1_0000;
    private static final int CONTENT_SIZE = 0b1000;
    private static final int CONTENT_CHECKSUM = 0b100;
    private static final int DICTIONARY = 0b1;
    private static final int STORED = 0x8000_0000;
    private static final int SHORTEST_MATCH = 4;

    private final ByteBuffer in;
    private byte[] out;
    private int end;

    private Lz4Reader(byte[] frames) {
        in = ByteBuffer.wrap(frames).order(ByteOrder.LITTLE_ENDIAN);
        out = new byte[Math.max(1 << 16, frames.length * 4)];
    }

    /** @throws IOException if the frames end too early, are damaged, or are none */
    static byte[] content(byte[] frames) throws IOException {
        Lz4Reader reader = new Lz4Reader(frames);
        try {
            do {
                reader.frame();
            } while (reader.in.hasRemaining());
        } catch (BufferUnderflowException e) {
            throw (EOFException) new EOFException("the LZ4 frame ends too early").initCause(e);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new IOException("the LZ4 frame is damaged", e);
        }
        return Arrays.copyOf(reader.out, reader.end);
    }

    private void frame() throws IOException {
        demand(in.getInt() == MAGIC, "this is no LZ4 frame");
        int descriptor = in.position();
        int flags = in.get();
        demand((flags & VERSION) == INDEPENDENT_VERSION_1, "this is not version 1 of the LZ4 frame");
        demand((flags & DICTIONARY) == 0, "the LZ4 frame wants a dictionary");
        in.get(); // the largest size of a block: out grows by itself
        if ((flags & CONTENT_SIZE) != 0) {
            in.getLong();
        }
        int checked = hash(in.array(), descriptor, in.position() - descriptor) >>> 8;
        demand((byte) checked == in.get(), "the head of the LZ4 frame is damaged");
        int start = end;
        for (int size = in.getInt(); size != 0; size = in.getInt()) {
            int from = in.position();
            int length = size & ~STORED;
            if ((size & STORED) != 0) {
                literals(length);
            } else {
                block(from + length, start);
            }
            if ((flags & BLOCK_CHECKSUM) != 0) {
                demand(hash(in.array(), from, length) == in.getInt(), "a block of the LZ4 frame is damaged");
            }
        }
        if ((flags & CONTENT_CHECKSUM) != 0) {
            demand(hash(out, start, end - start) == in.getInt(), "the LZ4 frame does not have its checksum");
        }
    }

    private void block(int until, int frameStart) throws IOException {
        while (true) {
            int token = Byte.toUnsignedInt(in.get());
            literals(length(token >>> 4));
            if (in.position() >= until) {
                demand(in.position() == until, "a block of the LZ4 frame is damaged");
                return;
            }
            int offset = Short.toUnsignedInt(in.getShort());
            demand(offset > 0 && offset <= end - frameStart, "a block of the LZ4 frame points before its beginning");
            repeat(offset, length(token & 15) + SHORTEST_MATCH);
        }
    }

    private int length(int nibble) {
        int length = nibble;
        if (nibble == 15) {
            int more;
            do {
                more = Byte.toUnsignedInt(in.get());
                length += more;
            } while (more == 255);
        }
        return length;
    }

    private void literals(int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException(); // before room is made for a length that damage may have made
        }
        room(length);
        in.get(out, end, length);
        end += length;
    }

    /** Appends what lies so far back; what is appended may be read again. */
    private void repeat(int offset, int length) {
        room(length);
        int from = end - offset;
        int done = 0;
        while (done < length) {
            int chunk = Math.min(length - done, offset + done);
            System.arraycopy(out, from, out, end + done, chunk);
            done += chunk;
        }
        end += length;
    }

    private void room(int length) {
        if (out.length - end < length) {
            out = Arrays.copyOf(out, Math.max(Math.addExact(end, length), (int)
                    Math.min(2L * out.length, Integer.MAX_VALUE - 8)));
        }
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
