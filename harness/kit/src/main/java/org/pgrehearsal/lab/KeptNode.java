package org.pgrehearsal.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pgrehearsal.await.WaitFailed;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.MachineException;

/**
 * The node that a person keeps: a process in the background holds it, and takes it along when it ends. One for each cache folder.
 *
 * @param folder where its process id, kubeconfig and log are
 */
public record KeptNode(Path folder) {
    private static final Duration END = Duration.ofMinutes(2);

    /** For cluster administrators; only its owner can read it. */
    public Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /** What the process that holds it says. */
    public Path log() {
        return folder.resolve("log");
    }

    private Path pid() {
        return folder.resolve("pid");
    }

    /** The process that holds it; empty if there is none. */
    public Optional<ProcessHandle> holder() {
        try {
            return Files.exists(pid())
                    ? ProcessHandle.of(Long.parseLong(Files.readString(pid()).strip()))
                            .filter(process -> process.info()
                                    .command()
                                    .filter(name -> name.endsWith("java"))
                                    .isPresent())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pid() + ": " + e.getMessage(), e);
        }
    }

    /** Whether it can be used. */
    public boolean isReady() {
        return holder().isPresent() && Files.exists(kubeconfig());
    }

    /** Says that this process holds a node that is ready. */
    public void announce(String kubeconfig) throws IOException {
        Files.deleteIfExists(kubeconfig());
        Files.createFile(
                kubeconfig(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(kubeconfig(), kubeconfig);
    }

    /** Says that this process will hold a node, or no longer does. */
    public void claim(boolean held) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(kubeconfig());
        if (held) {
            Files.writeString(pid(), Long.toString(ProcessHandle.current().pid()));
        } else {
            Files.deleteIfExists(pid());
        }
    }

    /**
     * Starts a process in the background that holds the node, and waits until it is ready.
     *
     * @param command what to start
     * @throws MachineException if it ends before, with what it said last
     */
    public void hold(List<String> command, Duration patience) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(kubeconfig());
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        try {
            Waiting.on("the node", patience)
                    .until(() -> Files.exists(kubeconfig()) || !process.isAlive(), over -> over);
        } catch (WaitFailed e) {
            process.destroy();
            throw e;
        }
        if (Files.notExists(kubeconfig())) {
            List<String> said = Files.readAllLines(log());
            throw new MachineException(said.isEmpty() ? "the node's process ended" : said.getLast());
        }
    }

    /** Ends the process, and waits until it has taken the node away. */
    public void end(ProcessHandle holder) throws IOException {
        holder.destroy();
        Waiting.on("the end of process " + holder.pid(), END).until(holder::isAlive, alive -> !alive);
        claim(false);
    }
}
