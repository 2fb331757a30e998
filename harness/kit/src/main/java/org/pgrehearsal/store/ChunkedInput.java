package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * The content of a chunked body, up to and with its trailer. The {@code aws-chunked} encoding has the same form, its signatures as extensions of
 * the chunks' sizes, so it is read by this as well.
 */
final class ChunkedInput extends InputStream {
    private static final int LINE_LIMIT = 4096;

    private final InputStream in;
    private final HttpBody.Sink wire;
    private long left;
    private boolean first = true;
    private boolean ended;

    /** @param wire gets every byte as it was on the wire, lines that frame chunks included */
    ChunkedInput(InputStream in, HttpBody.Sink wire) {
        this.in = in;
        this.wire = wire;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int got = in.read(buffer, offset, (int) Math.min(length, left));
        if (got < 0) {
            throw new EOFException("the body ended within a chunk");
        }
        wire.accept(buffer, offset, got);
        left -= got;
        return got;
    }

    private void nextChunk() throws IOException {
        if (!first && line().length != 2) {
            throw new ProtocolException("a chunk is longer than its size");
        }
        first = false;
        left = sizeOf(line());
        if (left == 0) {
            ended = true;
            while (line().length > 2) {
                // fields of the trailer
            }
        }
    }

    private static long sizeOf(byte[] line) throws ProtocolException {
        String text = new String(line, ISO_8859_1).strip();
        int extension = text.indexOf(';');
        String size = extension < 0 ? text : text.substring(0, extension).strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw new ProtocolException("not the size of a chunk");
        }
        return Long.parseLong(size, 16);
    }

    private byte[] line() throws IOException {
        var line = new ByteArrayOutputStream(32);
        int last = -1;
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the body ended within a chunk's line");
            }
            line.write(c);
            if (c == '\n' && last == '\r') {
                byte[] bytes = line.toByteArray();
                wire.accept(bytes, 0, bytes.length);
                return bytes;
            }
            if (c == '\n' || line.size() > LINE_LIMIT) {
                throw new ProtocolException("not a chunk's line");
            }
            last = c;
        }
    }
}
