package org.pgrehearsal.store;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way in to a store for what is under test: an HTTP/1.1 proxy with TLS that records each request, lets only reads through if so told, and
 * makes things go wrong on demand. Bodies are streamed and not changed unless a fault says so.
 *
 * <p>Rules that were injected are asked in their order; the first that claims a request is the only one that counts it. What {@link
 * Fault.Missing} hides from listings is apart from that.
 */
public final class Gate implements AutoCloseable {
    /** What may pass. */
    public enum Policy {
        READ_WRITE,
        /** GET and HEAD only; the rest is answered 403 and counted. */
        READ_ONLY
    }

    /** How many exchanges and how many refusals are remembered, the latest ones. */
    public static final int MEMORY = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Upstream upstream;
    private final Policy policy;
    private final SSLContext tls;
    private final ServerSocket server;
    private final GateKey first;
    private final List<GateKey> added = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("gate-", 0).factory());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Injection> injections = new CopyOnWriteArrayList<>();
    private final Memory exchanges = new Memory();
    private final Memory refusals = new Memory();
    private volatile boolean closed;

    private Gate(Upstream upstream, CertificateAuthority authority, Policy policy) {
        this.upstream = upstream;
        this.policy = policy;
        this.tls = authority.serverContext();
        try {
            this.server = new ServerSocket(0, 200, authority.address());
        } catch (IOException e) {
            throw new StoreException(
                    "no port on " + authority.address().getHostAddress() + " for a gate: " + e.getMessage(), e);
        }
        this.first = new GateKey(
                upstream,
                new S3Access(
                        URI.create("https://" + authority.host() + ":" + server.getLocalPort()),
                        upstream.access().region(),
                        "",
                        "",
                        authority.certificateFile()));
        threads.execute(this::accept);
    }

    /** A gate whose clients hold the store's own keys; their signatures are checked by the store. */
    static Gate passing(S3Access store, CertificateAuthority authority, Policy policy) {
        return new Gate(new Upstream.Passing(store), authority, policy);
    }

    /** A gate whose clients get keys that are good for it only; it signs their requests with the store's. */
    static Gate signing(S3Access store, CertificateAuthority authority, Policy policy) {
        return new Gate(new Upstream.Signing(store, Credentials.random()), authority, policy);
    }

    /** What a client needs to come in: {@code https://localhost} or another address of this machine and a port, keys, and the authority to trust. */
    public S3Access access() {
        return first.access();
    }

    /** The key of {@link #access}. */
    public GateKey key() {
        return first;
    }

    /** A new key, valid beside those that there are. */
    public GateKey newKey() {
        GateKey key = new GateKey(new Upstream.Signing(upstream.access(), Credentials.random()), first.access());
        added.add(key);
        return key;
    }

    public Policy policy() {
        return policy;
    }

    /** The latest {@value #MEMORY} requests that were dealt with, in the order of their ends; one is added a moment after its client has its answer. */
    public List<Exchange> exchanges() {
        return exchanges.latest();
    }

    /** How many requests were dealt with in all. */
    public long exchangeCount() {
        return exchanges.count();
    }

    /** What a read-only gate has turned away, the latest {@value #MEMORY}; each is here before its client has the answer. */
    public List<Exchange> refusedWrites() {
        return refusals.latest();
    }

    /** Makes something go wrong from now on; close what is returned to undo it. */
    public Injection inject(FaultRule rule) {
        var holder = new Injection[1];
        var injection = new Injection(rule, () -> injections.remove(holder[0]));
        holder[0] = injection;
        injections.add(injection);
        return injection;
    }

    /** Stops listening, breaks every connection and lets go of what hangs. */
    @Override
    public void close() {
        closed = true;
        closeQuietly(server);
        injections.forEach(Injection::close);
        sockets.forEach(Gate::closeQuietly);
        threads.close();
    }

    Upstream upstream() {
        return upstream;
    }

    /** What becomes of a request on its way to the store, by the key that it carries; null if no valid key does. */
    @Nullable
    Upstream way(HttpHead head) {
        for (GateKey key : added) {
            if (key.admits(head)) {
                return key.upstream();
            }
        }
        return first.admits(head) ? upstream : null;
    }

    @Nullable
    Injection claim(S3Request request) {
        for (Injection injection : injections) {
            if (injection.claims(request)) {
                return injection;
            }
        }
        return null;
    }

    /** The faults that may hide objects from a listing. */
    List<Injection> hiding() {
        return injections.stream()
                .filter(injection -> injection.rule().fault() instanceof Fault.Missing)
                .toList();
    }

    void record(Exchange exchange) {
        exchanges.add(exchange);
    }

    void recordRefusal(Exchange exchange) {
        refusals.add(exchange);
    }

    /** So that closing the gate breaks this connection too. */
    <S extends Socket> S tracked(S socket) throws IOException {
        sockets.add(socket);
        if (closed) {
            socket.close();
        }
        return socket;
    }

    void untrack(Socket socket) {
        sockets.remove(socket);
        closeQuietly(socket);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = tracked(server.accept());
                threads.execute(() -> {
                    try {
                        new GateConnection(this, socket, tls).run();
                    } finally {
                        untrack(socket);
                    }
                });
            } catch (IOException e) {
                if (!closed) {
                    LOG.warn("the gate cannot accept a connection: {}", e.getMessage());
                }
            }
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("closing", e);
        }
    }

    /** The latest of what happened, and how much there was. */
    private static final class Memory {
        private final ArrayDeque<Exchange> latest = new ArrayDeque<>();
        private long count;

        synchronized void add(Exchange exchange) {
            count++;
            latest.add(exchange);
            if (latest.size() > MEMORY) {
                latest.remove();
            }
        }

        synchronized List<Exchange> latest() {
            return List.copyOf(latest);
        }

        synchronized long count() {
            return count;
        }
    }
}
