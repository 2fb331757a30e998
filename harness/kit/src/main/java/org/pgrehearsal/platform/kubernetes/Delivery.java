package org.pgrehearsal.platform.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.pgrehearsal.process.CommandFailed;

/**
 * Brings files into a container over a connection that the container opens to this machine: the input of an exec is slow, and was seen to break off.
 * The container needs {@code bash} and {@code tar}.
 */
public final class Delivery {
    private Delivery() {}

    /**
     * Brings files into a folder, which is made.
     *
     * @param machine this machine, as the container reaches it
     * @throws CommandFailed if not all of them got there in time
     */
    public static void bring(List<Path> files, InetAddress machine, Shell shell, String folder, Duration deadline) {
        try (ServerSocket server = new ServerSocket(0, 1, machine)) {
            server.setSoTimeout(Math.toIntExact(deadline.toMillis()));
            CompletableFuture<Void> sent = new CompletableFuture<>();
            Thread.ofVirtual().name("delivery").start(() -> {
                try {
                    send(files, server);
                    sent.complete(null);
                } catch (IOException e) {
                    sent.completeExceptionally(e);
                }
            });
            String source = "/dev/tcp/" + machine.getHostAddress() + "/" + server.getLocalPort();
            shell.run(
                    deadline,
                    List.of("bash", "-c", "mkdir -p " + folder + " && tar -xf - -C " + folder + " < " + source));
            sent.join();
        } catch (IOException | CompletionException e) {
            throw new CommandFailed(
                    "cannot bring " + files.size() + " files to " + shell.pod() + ": " + e.getMessage(), e);
        }
    }

    private static void send(List<Path> files, ServerSocket server) throws IOException {
        try (Socket socket = server.accept();
                TarArchiveOutputStream tar = new TarArchiveOutputStream(socket.getOutputStream())) {
            for (Path file : files) {
                tar.putArchiveEntry(
                        new TarArchiveEntry(file.toFile(), file.getFileName().toString()));
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        }
    }
}
