package org.pgrehearsal.plugin.server;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/** The instance manager's way in: a Unix socket for each of the plugin's names, called as the plugin is. */
public final class InstanceServer {
    private InstanceServer() {}

    /**
     * Starts the servers.
     *
     * @param directory of the sockets; CloudNativePG takes every file in it for a plugin
     * @param interceptor sees every call
     * @param services  what is offered under a name
     */
    public static List<Server> start(
            Path directory,
            List<String> names,
            ExecutorService executor,
            ServerInterceptor interceptor,
            Function<String, List<BindableService>> services)
            throws IOException {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        List<Server> servers = new ArrayList<>();
        for (String name : names) {
            Path socket = directory.resolve(name);
            // one that an earlier process left behind
            Files.deleteIfExists(socket);
            NettyServerBuilder builder = NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                    .channelType(EpollServerDomainSocketChannel.class)
                    .bossEventLoopGroup(loop)
                    .workerEventLoopGroup(loop)
                    .executor(executor)
                    .intercept(interceptor);
            services.apply(name).forEach(builder::addService);
            servers.add(builder.build().start());
        }
        return servers;
    }
}
