package org.pgrehearsal.platform.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.net.SocketFactory;

/** Lets the JDBC driver, which knows only {@link Socket}, talk to a server over its socket file. */
public final class UnixSocketFactory extends SocketFactory {
    private final Path file;

    /** @param file the socket file, as the driver hands on its parameter {@code socketFactoryArg} */
    public UnixSocketFactory(String file) {
        this.file = Path.of(file);
    }

    @Override
    public Socket createSocket() throws IOException {
        return new FileSocket(file);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected();
    }

    private Socket connected() throws IOException {
        FileSocket socket = new FileSocket(file);
        socket.connect();
        return socket;
    }

    /** Only what the driver asks of a socket. Options of TCP are taken and mean nothing; there are no timeouts. */
    private static final class FileSocket extends Socket {
        private static final int BUFFER = 64 * 1024;

        private final Path file;
        private final SocketChannel channel;
        private int timeout;

        FileSocket(Path file) throws IOException {
            this.file = file;
            this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        }

        void connect() throws IOException {
            try {
                channel.connect(UnixDomainSocketAddress.of(file));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect();
        }

        @Override
        public void connect(SocketAddress endpoint, int milliseconds) throws IOException {
            connect();
        }

        @Override
        public InputStream getInputStream() {
            return Channels.newInputStream(channel);
        }

        @Override
        public OutputStream getOutputStream() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public boolean isConnected() {
            return channel.isConnected();
        }

        @Override
        public boolean isClosed() {
            return !channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        @Override
        public void setTcpNoDelay(boolean on) {}

        @Override
        public void setKeepAlive(boolean on) {}

        @Override
        public void setSoTimeout(int milliseconds) {
            timeout = milliseconds;
        }

        @Override
        public int getSoTimeout() {
            return timeout;
        }

        @Override
        public int getSendBufferSize() {
            return BUFFER;
        }

        @Override
        public int getReceiveBufferSize() {
            return BUFFER;
        }
    }
}
