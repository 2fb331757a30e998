package org.pgrehearsal.plugin;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.pgrehearsal.cnpgi.backup.BackupGrpc;
import org.pgrehearsal.cnpgi.backup.BackupRequest;
import org.pgrehearsal.cnpgi.identity.GetPluginMetadataRequest;
import org.pgrehearsal.cnpgi.identity.IdentityGrpc;
import org.pgrehearsal.cnpgi.metrics.CollectMetricsRequest;
import org.pgrehearsal.cnpgi.metrics.MetricsGrpc;
import org.pgrehearsal.cnpgi.wal.WALArchiveRequest;
import org.pgrehearsal.cnpgi.wal.WALCapabilitiesRequest;
import org.pgrehearsal.cnpgi.wal.WALGrpc;
import org.pgrehearsal.plugin.certificates.Pair;
import org.pgrehearsal.plugin.config.PluginName;
import org.pgrehearsal.plugin.kubernetes.Api;
import org.pgrehearsal.plugin.kubernetes.ApiError;
import org.pgrehearsal.plugin.kubernetes.Kind;
import org.pgrehearsal.plugin.kubernetes.Trust;
import org.pgrehearsal.plugin.report.Reporter;

/**
 * Goes once through what a sidecar does, when the image is built: what the JVM loads here is in its AOT cache, and neither time nor anonymous memory
 * of each sidecar. There is no PostgreSQL and no repository, so most calls are refused.
 */
final class Training {
    private static final String CLUSTER = """
            {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster",
             "metadata": {"name": "training", "namespace": "training", "uid": "training"},
             "spec": {"plugins": [{"name": "pgbackrest.pgrehearsal.org", "isWALArchiver": true, "parameters": {
               "type": "posix", "path": "/training", "claim": "training"}}]},
             "status": {"currentPrimary": "training-1"}}
            """;

    private final Path scratch;
    private final Map<String, String> environment;
    private final ExecutorService executor;

    Training(Map<String, String> environment, ExecutorService executor) {
        this.scratch = Path.of(environment.getOrDefault("PLUGIN_HOME", "/pgbackrest"));
        this.executor = executor;
        this.environment = new HashMap<>(environment);
        this.environment.putAll(Map.of(
                "PLUGIN_SOCKETS", scratch.toString(),
                "PLUGIN_METRICS_PORT", "0",
                "PLUGIN_PGBACKREST", "false",
                "PGDATA", scratch.resolve("data").toString(),
                "POD_NAME", "training-1"));
    }

    /** Returns no server: the process ends. */
    List<Server> run() throws Exception {
        Path data = scratch.resolve("data");
        Files.createDirectories(data.resolve("pg_wal/archive_status"));
        Files.createDirectories(data.resolve("global"));
        Files.write(data.resolve("global/pg_control"), new byte[8]);
        Files.writeString(data.resolve("PG_VERSION"), "17");
        List<Server> servers = new InstanceSide(environment, executor).instance();
        calls(scratch.resolve(PluginName.OWN));
        api();
        servers.forEach(Server::shutdownNow);
        System.exit(0);
        return servers;
    }

    private void calls(Path socket) {
        ManagedChannel channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                .eventLoopGroup(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
                .overrideAuthority("localhost")
                .negotiationType(NegotiationType.PLAINTEXT)
                .build();
        ByteString cluster = ByteString.copyFromUtf8(CLUSTER);
        IdentityGrpc.newBlockingStub(channel).getPluginMetadata(GetPluginMetadataRequest.getDefaultInstance());
        WALGrpc.newBlockingStub(channel).getCapabilities(WALCapabilitiesRequest.getDefaultInstance());
        refused(() -> WALGrpc.newBlockingStub(channel)
                .archive(WALArchiveRequest.newBuilder()
                        .setClusterDefinition(cluster)
                        .setSourceFileName(scratch.resolve("data/pg_wal/000000010000000000000001")
                                .toString())
                        .build()));
        refused(() -> BackupGrpc.newBlockingStub(channel)
                .backup(BackupRequest.newBuilder()
                        .setClusterDefinition(cluster)
                        .setBackupDefinition(ByteString.copyFromUtf8("{}"))
                        .build()));
        MetricsGrpc.newBlockingStub(channel)
                .collect(CollectMetricsRequest.newBuilder()
                        .setClusterDefinition(cluster)
                        .build());
        channel.shutdownNow();
    }

    private static void refused(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException expected) {
            return;
        }
        throw new IllegalStateException("a call without PostgreSQL and without a repository was not refused");
    }

    /** An API server that knows nothing but the Cluster, over TLS. */
    private void api() throws Exception {
        Pair pair = Pair.make(List.of("localhost"), scratch);
        Path authority = Files.writeString(scratch.resolve("ca.crt"), pair.certificate());
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(pair, authority)));
        byte[] answer = CLUSTER.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        Api api = new Api(
                URI.create("https://localhost:" + server.getAddress().getPort()), () -> "token", Trust.of(authority));
        Kind clusters = new Kind("postgresql.cnpg.io", "v1", "clusters");
        try {
            api.get(clusters.named("training", "training"));
            new Reporter(api, clusters, "training", "training", "training-1", Clock.systemUTC())
                    .warn("Training", "an event");
        } catch (ApiError e) {
            throw new IllegalStateException("the API of the training does not answer", e);
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext context(Pair pair, Path certificate) throws Exception {
        byte[] key = Base64.getMimeDecoder().decode(pair.key().replaceAll("-----[A-Z ]+-----", ""));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate own =
                CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(certificate));
        store.setKeyEntry(
                "own",
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
                new char[0],
                new Certificate[] {own});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
