package org.pgrehearsal.plugin.server;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.pgrehearsal.plugin.Pause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's way in: TLS 1.3 with certificates on both sides, which may be replaced while it runs. */
public final class OperatorServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorServer.class);

    private final SslContext tls;
    private final Thread watcher;
    private final ExecutorService executor;
    private final AdvancedTlsX509KeyManager own = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager trust;
    /** Our certificate, its key, and the operator's certificate. */
    private final List<Path> files;

    private List<String> known = List.of();

    /**
     * Reads the certificates, and again whenever their files change.
     *
     * @param certificate what we show
     * @param key         its private key
     * @param client      the certificate that the operator shows: it is trusted itself, as the operator trusts ours
     * @param interval    how often the files are looked at
     */
    public OperatorServer(Path certificate, Path key, Path client, Duration interval, ExecutorService executor)
            throws GeneralSecurityException, IOException {
        this.executor = executor;
        this.files = List.of(certificate, key, client);
        this.trust = AdvancedTlsX509TrustManager.newBuilder()
                .setVerification(AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
                .build();
        reload();
        watcher = Thread.ofPlatform().daemon().name("certificates").unstarted(() -> watch(interval));
        tls = GrpcSslContexts.configure(SslContextBuilder.forServer(own), SslProvider.JDK)
                .trustManager(trust)
                .clientAuth(ClientAuth.REQUIRE)
                .protocols("TLSv1.3")
                .build();
        watcher.start();
    }

    private void watch(Duration interval) {
        while (Pause.of(interval)) {
            reloadOrKeep();
        }
    }

    /** While a Secret is being written its files may not fit together: then the ones in use stay. */
    private void reloadOrKeep() {
        try {
            reload();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.warn("the certificates cannot be read, those in use stay: {}", e.toString());
        }
    }

    private void reload() throws IOException, GeneralSecurityException {
        List<String> now = new ArrayList<>();
        for (Path file : files) {
            now.add(Files.readString(file));
        }
        if (!now.equals(known)) {
            own.updateIdentityCredentials(files.get(0).toFile(), files.get(1).toFile());
            trust.updateTrustCredentials(files.get(2).toFile());
            known = now;
        }
    }

    /** Starts an endpoint. */
    public Server start(int port, List<BindableService> services) throws IOException {
        NettyServerBuilder builder =
                NettyServerBuilder.forPort(port).sslContext(tls).executor(executor);
        services.forEach(builder::addService);
        return builder.build().start();
    }

    /** No longer looks at the files. What was started goes on. */
    @Override
    public void close() {
        watcher.interrupt();
    }
}
