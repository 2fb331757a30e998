package org.pgrehearsal.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A gate's connection to its store on behalf of one client; opened when needed and kept while both sides keep theirs. */
final class UpstreamConnection {
    private static final int BUFFER = 64 * 1024;
    // stores close idle connections after half a minute or so; a request must not meet one that is being closed
    private static final long STALE = Duration.ofSeconds(5).toNanos();

    private record Open(Socket plain, InputStream in, OutputStream out) {}

    private final Gate gate;
    private @Nullable Open open;
    private long lastUse;

    UpstreamConnection(Gate gate) {
        this.gate = gate;
    }

    /** A head that the store sent, with what follows it. */
    record Answer(HttpHead head, int status, HttpBody body) {}

    /** Sends a request, its body by way of {@code tamper}, and reads the head of the final answer. */
    Answer ask(Upstream.Outgoing request, String method, UnaryOperator<HttpBody.Sink> tamper) throws IOException {
        boolean reused = open != null && System.nanoTime() - lastUse < STALE;
        try {
            return attempt(request, method, tamper, reused);
        } catch (IOException e) {
            boolean again = reused && request.body().isEmpty() && !method.equals("POST");
            close();
            if (again) {
                return attempt(request, method, tamper, false);
            }
            throw e;
        }
    }

    private Answer attempt(Upstream.Outgoing request, String method, UnaryOperator<HttpBody.Sink> tamper, boolean reuse)
            throws IOException {
        Open connection = reuse && open != null ? open : reopen();
        try {
            connection.out().write(request.head().bytes());
            request.body().passTo(tamper.apply(connection.out()::write));
            connection.out().flush();
        } catch (IOException e) {
            // a store may answer early and stop reading; then the answer is what counts
            if (connection.in().available() == 0) {
                throw e;
            }
        }
        while (true) {
            HttpHead head = HttpHead.read(connection.in());
            if (head == null) {
                throw new IOException("the store closed the connection without an answer");
            }
            int status = status(head);
            if (status >= 200) {
                lastUse = System.nanoTime();
                return new Answer(head, status, HttpBody.ofResponse(head, status, method, connection.in()));
            }
        }
    }

    private Open reopen() throws IOException {
        close();
        Socket plain = gate.tracked(gate.upstream().connect());
        try {
            Socket secured = gate.upstream().secured(plain);
            var opened = new Open(
                    plain,
                    new BufferedInputStream(secured.getInputStream(), BUFFER),
                    new BufferedOutputStream(secured.getOutputStream(), BUFFER));
            open = opened;
            return opened;
        } catch (IOException e) {
            gate.untrack(plain);
            throw e;
        }
    }

    /** To be called when an answer was not read to its end, or the store wants no more requests. */
    void close() {
        if (open != null) {
            gate.untrack(open.plain());
            open = null;
        }
    }

    private static int status(HttpHead head) throws IOException {
        String[] parts = head.firstLine().split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5]\\d\\d")) {
            throw new IOException("the store answered something that is not HTTP/1.1");
        }
        return Integer.parseInt(parts[1]);
    }
}
