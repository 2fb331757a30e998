package org.pgrehearsal.store;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.OptionalLong;

/**
 * The body of one message on a connection that goes on after it. It is passed on as the bytes that came, chunk lines included: whatever is signed
 * or counted in them stays so.
 */
record HttpBody(InputStream in, HttpBody.Framing framing) {
    /** How a body ends. */
    sealed interface Framing {
        record None() implements Framing {}

        record Length(long bytes) implements Framing {}

        record Chunks() implements Framing {}

        /** With the connection; only for answers. */
        record ToTheEnd() implements Framing {}
    }

    /** Takes a body piece by piece. */
    @FunctionalInterface
    interface Sink {
        void accept(byte[] buffer, int offset, int length) throws IOException;
    }

    private static final int BUFFER = 64 * 1024;

    static HttpBody ofRequest(HttpHead head, InputStream in) throws ProtocolException {
        OptionalLong length = head.contentLength();
        if (head.isChunked()) {
            return new HttpBody(in, new Framing.Chunks());
        }
        return new HttpBody(in, length.orElse(0) == 0 ? new Framing.None() : new Framing.Length(length.getAsLong()));
    }

    static HttpBody ofResponse(HttpHead head, int status, String method, InputStream in) throws ProtocolException {
        OptionalLong length = head.contentLength();
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new HttpBody(in, new Framing.None());
        }
        if (head.isChunked()) {
            return new HttpBody(in, new Framing.Chunks());
        }
        return new HttpBody(in, length.isPresent() ? new Framing.Length(length.getAsLong()) : new Framing.ToTheEnd());
    }

    boolean isEmpty() {
        return framing instanceof Framing.None;
    }

    /** Hands on every byte as it is on the wire. */
    void passTo(Sink sink) throws IOException {
        switch (framing) {
            case Framing.None _ -> {}
            case Framing.Length(long bytes) -> exactly(bytes, sink);
            case Framing.Chunks _ -> pump(new ChunkedInput(in, sink), (_, _, _) -> {});
            case Framing.ToTheEnd _ -> pump(in, sink);
        }
    }

    /** The content, without the lines that frame chunks; it ends where the body does. */
    InputStream content() {
        return switch (framing) {
            case Framing.None _ -> InputStream.nullInputStream();
            case Framing.Length(long bytes) -> new Bounded(in, bytes);
            case Framing.Chunks _ -> new ChunkedInput(in, (_, _, _) -> {});
            case Framing.ToTheEnd _ -> in;
        };
    }

    /**
     * The content in memory.
     *
     * @throws IOException also if it is larger than the limit
     */
    byte[] content(int limit) throws IOException {
        var all = new ByteArrayOutputStream();
        pump(content(), (buffer, offset, length) -> {
            if (all.size() + length > limit) {
                throw new IOException("a body of more than " + limit + " bytes");
            }
            all.write(buffer, offset, length);
        });
        return all.toByteArray();
    }

    void drain() throws IOException {
        passTo((_, _, _) -> {});
    }

    /** Copies a stream to its end. */
    static void pump(InputStream from, Sink sink) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int got = from.read(buffer); got >= 0; got = from.read(buffer)) {
            sink.accept(buffer, 0, got);
        }
    }

    private void exactly(long bytes, Sink sink) throws IOException {
        pump(new Bounded(in, bytes), sink);
    }

    /** So many bytes of a stream, and an error if it has fewer. */
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int got = in.read(buffer, offset, (int) Math.min(length, left));
            if (got < 0) {
                throw new EOFException("the body ended " + left + " bytes early");
            }
            left -= got;
            return got;
        }
    }
}
