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
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The operator's way in: TLS 1.3 with certificates on both sides, which may be replaced while it runs. */
public final class OperatorServer {
    private final SslContext tls;
    private final ExecutorService executor;

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
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("certificates").factory());
        AdvancedTlsX509KeyManager own = new AdvancedTlsX509KeyManager();
        own.updateIdentityCredentials(
                certificate.toFile(), key.toFile(), interval.toMillis(), TimeUnit.MILLISECONDS, clock);
        AdvancedTlsX509TrustManager trust = AdvancedTlsX509TrustManager.newBuilder()
                .setVerification(AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
                .build();
        trust.updateTrustCredentials(client.toFile(), interval.toMillis(), TimeUnit.MILLISECONDS, clock);
        tls = GrpcSslContexts.configure(SslContextBuilder.forServer(own), SslProvider.JDK)
                .trustManager(trust)
                .clientAuth(ClientAuth.REQUIRE)
                .protocols("TLSv1.3")
                .build();
    }

    /** Starts an endpoint. */
    public Server start(int port, List<BindableService> services) throws IOException {
        NettyServerBuilder builder =
                NettyServerBuilder.forPort(port).sslContext(tls).executor(executor);
        services.forEach(builder::addService);
        return builder.build().start();
    }
}
