package org.pgrehearsal.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection to a gate: reads requests one after the other and decides what becomes of each. */
final class GateConnection {
    private static final Logger LOG = LoggerFactory.getLogger(GateConnection.class);
    private static final int BUFFER = 64 * 1024;
    // the largest answer that a fault has to hold whole: pages of listings and other answers without a length
    private static final int HELD = 64 * 1024 * 1024;
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "proxy-authorization", "upgrade", "te");

    private final Gate gate;
    private final Socket plain;
    private final SSLContext tls;
    private final UpstreamConnection store;

    GateConnection(Gate gate, Socket plain, SSLContext tls) {
        this.gate = gate;
        this.plain = plain;
        this.tls = tls;
        this.store = new UpstreamConnection(gate);
    }

    void run() {
        try {
            plain.setTcpNoDelay(true);
            try (Socket client = tls.getSocketFactory().createSocket(plain, null, true)) {
                InputStream in = new BufferedInputStream(client.getInputStream(), BUFFER);
                OutputStream out = new BufferedOutputStream(client.getOutputStream(), BUFFER);
                boolean again = true;
                while (again) {
                    HttpHead head = HttpHead.read(in);
                    again = head != null && one(head, in, out);
                }
            }
        } catch (IOException e) {
            LOG.debug("a client's connection ended: {}", e.toString());
        } finally {
            store.close();
        }
    }

    /** Serves one request; says whether the connection goes on. */
    private boolean one(HttpHead head, InputStream in, OutputStream out) throws IOException {
        Visit visit;
        try {
            visit = Visit.begin(head, in, out);
        } catch (ProtocolException e) {
            var error = new S3Error(400, "BadRequest", "the gate cannot read this request");
            out.write(error.head().with("Connection", "close").bytes());
            out.write(error.body());
            out.flush();
            return false;
        }
        try {
            return serve(visit);
        } finally {
            gate.record(visit.exchange());
        }
    }

    private boolean serve(Visit visit) throws IOException {
        S3Request request = visit.request;
        if (gate.policy() == Gate.Policy.READ_ONLY && !request.isRead()) {
            // counted before it is answered, so that a client that has ended was counted
            visit.decide(403);
            gate.recordRefusal(visit.exchange());
            return refuse(visit, new S3Error(403, "AccessDenied", "this gate lets only reads through"));
        }
        visit.way = gate.way(visit.head);
        if (visit.way == null) {
            return refuse(visit, new S3Error(403, "InvalidAccessKeyId", "not the key that this gate gave out"));
        }
        Injection injection = gate.claim(request);
        if (injection == null) {
            return forward(visit, null);
        }
        visit.fault = injection.rule().fault().toString();
        return switch (injection.rule().fault()) {
            case Fault.Status(int code) -> {
                injection.hit();
                yield refuse(visit, S3Error.injected(code));
            }
            case Fault.Reset _ -> {
                injection.hit();
                // closed with nothing left to linger for: the kernel sends RST
                plain.setSoLinger(true, 0);
                plain.close();
                yield false;
            }
            case Fault.Hang _ -> {
                injection.hit();
                yield hang(injection);
            }
            case Fault.Missing _ -> {
                injection.hit();
                yield refuse(visit, S3Error.injected(404));
            }
            case Fault.StoredNowhere _ -> {
                injection.hit();
                yield discard(visit);
            }
            case Fault.AnswerDropped _ -> {
                visit.inviteBody();
                ask(visit, null).body().drain();
                injection.hit();
                yield false;
            }
            case Fault.ShortBody _, Fault.Truncated _, Fault.FlipByte _, Fault.Slow _ -> forward(visit, injection);
        };
    }

    private static boolean hang(Injection injection) {
        try {
            injection.awaitRemoval();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Takes the body and throws it away, with the answer that the store would have given. */
    private static boolean discard(Visit visit) throws IOException {
        visit.inviteBody();
        InputStream content = visit.body.content();
        String hash = visit.head.first("x-amz-content-sha256");
        if (hash != null && hash.startsWith("STREAMING-")) {
            content = new ChunkedInput(content, (_, _, _) -> {});
        }
        MessageDigest md5 = md5();
        HttpBody.pump(content, visit.counted(md5::update));
        String etag = '"' + HexFormat.of().formatHex(md5.digest()) + '"';
        var answer = new HttpHead(
                "HTTP/1.1 200 OK",
                List.of(new HttpHead.Field("ETag", etag), new HttpHead.Field("Content-Length", "0")));
        return visit.answer(answer, 200, sink -> {});
    }

    /** Answers without asking the store. The body is read first, unless the client waits to be invited: it might else never read the answer. */
    private static boolean refuse(Visit visit, S3Error error) throws IOException {
        boolean readAll = !visit.waitsForInvitation();
        if (readAll) {
            visit.body.passTo(visit.counted((_, _, _) -> {}));
        }
        HttpHead head = readAll ? error.head() : error.head().with("Connection", "close");
        byte[] body = visit.request.method().equals("HEAD") ? new byte[0] : error.body();
        return visit.answer(head, error.status(), sink -> sink.accept(body, 0, body.length)) && readAll;
    }

    private UpstreamConnection.Answer ask(Visit visit, @Nullable Injection injection) throws IOException {
        HttpHead head = visit.head.without(name -> HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)));
        Upstream way = Objects.requireNonNull(visit.way, "a request that was let in");
        Upstream.Outgoing outgoing = way.outgoing(head, visit.request, visit.body);
        return store.ask(
                outgoing, visit.request.method(), next -> visit.counted(tamperedRequest(visit, injection, next)));
    }

    private static HttpBody.Sink tamperedRequest(Visit visit, @Nullable Injection injection, HttpBody.Sink next) {
        if (injection != null) {
            switch (injection.rule().fault()) {
                case Fault.FlipByte(long offset)
                when visit.request.method().equals("PUT") -> {
                    return Tampering.flipping(offset, injection, next);
                }
                case Fault.Slow(long rate) -> {
                    return Tampering.slow(rate, injection, next);
                }
                default -> {}
            }
        }
        return next;
    }

    private boolean forward(Visit visit, @Nullable Injection injection) throws IOException {
        visit.inviteBody();
        UpstreamConnection.Answer answer;
        try {
            answer = ask(visit, injection);
        } catch (IOException e) {
            LOG.debug("the store did not answer: {}", e.toString());
            store.close();
            // how much of the request was read is unknown, so the connection cannot go on
            var error = new S3Error(502, "BadGateway", "the store behind this gate did not answer");
            visit.answer(
                    error.head().with("Connection", "close"),
                    502,
                    sink -> sink.accept(error.body(), 0, error.body().length));
            return false;
        }
        boolean whole = false;
        try {
            boolean goesOn = relay(visit, answer, injection);
            whole = true;
            return goesOn;
        } catch (Tampering.Enough _) {
            visit.flush();
            return false;
        } finally {
            if (!whole
                    || answer.head().says("Connection", "close")
                    || answer.body().framing() instanceof HttpBody.Framing.ToTheEnd) {
                store.close();
            }
        }
    }

    private boolean relay(Visit visit, UpstreamConnection.Answer answer, @Nullable Injection injection)
            throws IOException {
        HttpHead head = answer.head().without(name -> HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)));
        boolean success = answer.status() < 300;
        if (success && visit.request.isList()) {
            List<Injection> hiding = gate.hiding();
            if (!hiding.isEmpty()) {
                answer = shortened(visit, answer, hiding);
                head = head.without(name -> name.equalsIgnoreCase("Transfer-Encoding"))
                        .with("Content-Length", lengthOf(answer.body()));
            }
        }
        if (injection == null || (!success && !(injection.rule().fault() instanceof Fault.Slow))) {
            if (answer.body().framing() instanceof HttpBody.Framing.ToTheEnd) {
                head = head.with("Connection", "close");
            }
            return visit.answer(head, answer.status(), answer.body()::passTo);
        }
        HttpBody body = answer.body();
        if (!(body.framing() instanceof HttpBody.Framing.Length) && !body.isEmpty()) {
            body = held(body.content(HELD));
            head = head.without(name -> name.equalsIgnoreCase("Transfer-Encoding"))
                    .with("Content-Length", lengthOf(body));
        }
        return tampered(visit, head, answer.status(), body, injection);
    }

    private static boolean tampered(Visit visit, HttpHead head, int status, HttpBody body, Injection injection)
            throws IOException {
        long length = body.framing() instanceof HttpBody.Framing.Length(long bytes) ? bytes : 0;
        return switch (injection.rule().fault()) {
            case Fault.ShortBody(double fraction)
            when length > 0 -> {
                injection.hit();
                yield visit.answer(
                        head, status, sink -> body.passTo(Tampering.first((long) (length * fraction), sink)));
            }
            case Fault.Truncated(double fraction)
            when length > 0 -> {
                injection.hit();
                long kept = (long) (length * fraction);
                yield visit.answer(
                        head.with("Content-Length", Long.toString(kept)),
                        status,
                        sink -> body.passTo(Tampering.first(kept, sink)));
            }
            case Fault.FlipByte(long offset)
            when visit.request.method().equals("GET") ->
                visit.answer(head, status, sink -> body.passTo(Tampering.flipping(offset, injection, sink)));
            case Fault.Slow(long rate) -> {
                injection.hit();
                yield visit.answer(
                        head,
                        status,
                        sink -> body.passTo(Tampering.slow(rate, injection, (b, o, n) -> {
                            sink.accept(b, o, n);
                            visit.flush();
                        })));
            }
            default -> visit.answer(head, status, body::passTo);
        };
    }

    private UpstreamConnection.Answer shortened(Visit visit, UpstreamConnection.Answer answer, List<Injection> hiding)
            throws IOException {
        var hit = new HashSet<Injection>();
        ListAnswer page = ListAnswer.without(answer.body().content(HELD), key -> {
            S3Request object = visit.request.ofObject(key);
            List<Injection> hidden =
                    hiding.stream().filter(injection -> injection.hides(object)).toList();
            hit.addAll(hidden);
            return !hidden.isEmpty();
        });
        hit.forEach(Injection::hit);
        if (page.hidden() > 0) {
            visit.fault = "Missing: " + page.hidden() + " left out";
        }
        return new UpstreamConnection.Answer(answer.head(), answer.status(), held(page.xml()));
    }

    private static HttpBody held(byte[] content) {
        return new HttpBody(new ByteArrayInputStream(content), new HttpBody.Framing.Length(content.length));
    }

    private static String lengthOf(HttpBody body) {
        return body.framing() instanceof HttpBody.Framing.Length(long bytes) ? Long.toString(bytes) : "0";
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
