package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One request at a gate while it is served, with what will be recorded of it. Used by one thread. */
final class Visit {
    final HttpHead head;
    final S3Request request;
    final HttpBody body;

    /** What was injected, for the record. */
    @Nullable
    String fault;

    /** By whose key it was let in. */
    @Nullable
    Upstream way;

    private final OutputStream out;
    private final Instant at = Instant.now();
    private final long start = System.nanoTime();
    private final boolean clientGoesOn;
    private boolean invitationOwed;
    private int status;
    private long bytes;

    private Visit(HttpHead head, S3Request request, HttpBody body, OutputStream out, boolean clientGoesOn) {
        this.head = head;
        this.request = request;
        this.body = body;
        this.out = out;
        this.clientGoesOn = clientGoesOn;
        this.invitationOwed = head.says("Expect", "100-continue") && !body.isEmpty();
    }

    /**
     * Reads what a head says.
     *
     * @throws ProtocolException if it is not a request that can be understood in one way only
     */
    static Visit begin(HttpHead head, InputStream in, OutputStream out) throws ProtocolException {
        String[] parts = head.firstLine().split(" ", -1);
        if (parts.length != 3 || !parts[0].matches("[A-Z]+") || !parts[2].matches("HTTP/1\\.[01]")) {
            throw new ProtocolException("not a request line");
        }
        boolean goesOn = parts[2].equals("HTTP/1.1") && !head.says("Connection", "close");
        return new Visit(head, S3Request.parse(parts[0], parts[1]), HttpBody.ofRequest(head, in), out, goesOn);
    }

    /** Whether the client holds its body back until it is told to go on. */
    boolean waitsForInvitation() {
        return invitationOwed;
    }

    void inviteBody() throws IOException {
        if (invitationOwed) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII));
            out.flush();
            invitationOwed = false;
        }
    }

    /** Writes a body to where it is given. */
    interface Content {
        void writeTo(HttpBody.Sink sink) throws IOException;
    }

    /** Says with what status it will be answered. */
    void decide(int withStatus) {
        status = withStatus;
    }

    /**
     * Answers the client; says whether its connection goes on. What comes in chunks is passed on as it comes: a store keeps a client that waits for
     * long, for an upload to be put together for instance, by a space now and then.
     */
    boolean answer(HttpHead answer, int withStatus, Content content) throws IOException {
        boolean goesOn = clientGoesOn && !answer.says("Connection", "close");
        out.write((goesOn ? answer : answer.with("Connection", "close")).bytes());
        status = withStatus;
        content.writeTo(counted(answer.isChunked() ? this::writeAtOnce : out::write));
        out.flush();
        return goesOn;
    }

    private void writeAtOnce(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        out.flush();
    }

    void flush() throws IOException {
        out.flush();
    }

    HttpBody.Sink counted(HttpBody.Sink next) {
        return (buffer, offset, length) -> {
            bytes += length;
            next.accept(buffer, offset, length);
        };
    }

    Exchange exchange() {
        return new Exchange(
                at,
                request.method(),
                request.bucket(),
                request.isList() ? request.prefix() : request.key(),
                request.isList(),
                status,
                bytes,
                Duration.ofNanos(System.nanoTime() - start),
                fault);
    }
}
