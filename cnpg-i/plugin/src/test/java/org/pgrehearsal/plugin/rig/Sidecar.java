package org.pgrehearsal.plugin.rig;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.cnpgi.backup.BackupGrpc;
import org.pgrehearsal.cnpgi.identity.IdentityGrpc;
import org.pgrehearsal.cnpgi.metrics.MetricsGrpc;
import org.pgrehearsal.cnpgi.restorejob.RestoreJobHooksGrpc;
import org.pgrehearsal.cnpgi.wal.WALGrpc;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.plugin.config.PluginName;
import org.pgrehearsal.process.Command;

/** The plugin as a process of the unprivileged user, with its socket. It can be killed and started again. */
public final class Sidecar implements AutoCloseable {
    /** What the image starts it with. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xmx48m",
            "-Xss256k",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-XX:-UsePerfData");

    private final Rig rig;
    private final String mode;
    private final PostgresCluster cluster;
    private final int port;
    private final Path home;
    private final Path sockets;
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private @Nullable Process process;
    private @Nullable ManagedChannel channel;

    Sidecar(Rig rig, String mode, PostgresCluster cluster, int port) throws IOException {
        this.rig = rig;
        this.mode = mode;
        this.cluster = cluster;
        this.port = port;
        this.home = rig.runner().account().makePrivateDirectory(cluster.home().resolve("plugin"));
        this.sockets =
                rig.runner().account().makePrivateDirectory(cluster.home().resolve("p"));
        start();
    }

    public Path home() {
        return home;
    }

    public Path log() {
        return cluster.home().resolve("sidecar.log");
    }

    public long pid() {
        return java.util.Objects.requireNonNull(process).pid();
    }

    /** Starts it and waits for its socket. */
    public void start() throws IOException {
        Path socket = sockets.resolve(PluginName.OWN);
        Files.deleteIfExists(socket);
        List<Object> argv = new java.util.ArrayList<>();
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java"));
        argv.addAll(FLAGS);
        argv.addAll(List.of("-cp", rig.work().resolve("lib") + "/*", "org.pgrehearsal.plugin.Main", mode));
        process = rig.runner()
                .start(
                        Command.of(argv.toArray())
                                .with(Map.of(
                                        "PLUGIN_HOME", home.toString(),
                                        "PLUGIN_SECRETS",
                                                rig.work().resolve("secrets").toString(),
                                        "PLUGIN_SOCKETS", sockets.toString(),
                                        "PLUGIN_PGWAL",
                                                cluster.home().resolve("wal").toString(),
                                        "PGDATA", cluster.data().toString(),
                                        "PGHOST", cluster.socket().toString(),
                                        "PGPORT", Integer.toString(port),
                                        "POD_NAME", Rig.POD,
                                        "PLUGIN_METRICS_PORT", "0")),
                        log());
        Process started = process;
        Waiting.on("the sidecar's socket", Rig.PATIENCE)
                .until(
                        () -> Files.exists(socket) ? "ready" : started.isAlive() ? "starting" : "ended",
                        state -> !state.equals("starting"));
        channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                .eventLoopGroup(loop)
                .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
                .overrideAuthority("localhost")
                .negotiationType(NegotiationType.PLAINTEXT)
                .build();
    }

    /** Ends it without a word to anybody. */
    public void kill() {
        Process current = java.util.Objects.requireNonNull(process);
        rig.runner().run(Command.of("kill", "-s", "KILL", current.pid()));
        current.onExit().join();
        channel().shutdownNow();
    }

    private ManagedChannel channel() {
        return java.util.Objects.requireNonNull(channel, "a running sidecar");
    }

    public WALGrpc.WALBlockingStub wal() {
        return WALGrpc.newBlockingStub(channel());
    }

    public BackupGrpc.BackupBlockingStub backup() {
        return BackupGrpc.newBlockingStub(channel());
    }

    public RestoreJobHooksGrpc.RestoreJobHooksBlockingStub restore() {
        return RestoreJobHooksGrpc.newBlockingStub(channel());
    }

    public MetricsGrpc.MetricsBlockingStub metrics() {
        return MetricsGrpc.newBlockingStub(channel());
    }

    public IdentityGrpc.IdentityBlockingStub identity() {
        return IdentityGrpc.newBlockingStub(channel());
    }

    @Override
    public void close() {
        Process current = process;
        if (current != null && current.isAlive()) {
            rig.runner().run(Command.of("kill", current.pid()));
            current.onExit().join();
        }
        channel().shutdownNow();
        if (!loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the client's event loop does not end");
        }
    }
}
