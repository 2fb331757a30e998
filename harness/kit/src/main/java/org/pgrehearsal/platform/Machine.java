package org.pgrehearsal.platform;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine under the drills.
 *
 * @param system the distribution's own name for itself
 * @param kernel the kernel's release
 * @param architecture as the JVM names it
 * @param cores the processors that this process may use
 * @param memoryBytes the memory of the machine, or of the control group if that is less
 * @param jdk the version of the Java that runs this
 * @param user the user that this process runs as
 * @param postgresUser the user that PostgreSQL's processes run as; empty if this is root and there is no user {@code postgres}
 */
public record Machine(
        String system,
        String kernel,
        String architecture,
        int cores,
        long memoryBytes,
        String jdk,
        String user,
        Optional<String> postgresUser) {

    public static Machine current() {
        String user = System.getProperty("user.name");
        return new Machine(
                name(Path.of("/etc/os-release")),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
                Runtime.version().toString(),
                user,
                postgresUser(user, Path.of("/etc/passwd")));
    }

    /** The bytes that this process may still write in {@code folder}, or in the nearest folder above it that exists. */
    public static long freeBytes(Path folder) {
        Path existing = folder.toAbsolutePath();
        for (Path above = existing.getParent();
                above != null && !Files.exists(existing);
                above = existing.getParent()) {
            existing = above;
        }
        // not by FileStore, which fails where the table of mounts does not show this one
        return existing.toFile().getUsableSpace();
    }

    /** The bytes of memory that programs may still take without pushing others out ({@code MemAvailable} in {@code proc(5)}); 0 if unknown. */
    public static long availableMemory() {
        return availableMemory(lines(Path.of("/proc/meminfo")));
    }

    static long availableMemory(Stream<String> meminfo) {
        return meminfo.filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    static String name(Path osRelease) {
        return lines(osRelease)
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("Linux");
    }

    /** PostgreSQL refuses to run as root, so root needs the user that its package makes. */
    static Optional<String> postgresUser(String user, Path passwd) {
        if (!user.equals("root")) {
            return Optional.of(user);
        }
        return lines(passwd).anyMatch(line -> line.startsWith("postgres:"))
                ? Optional.of("postgres")
                : Optional.empty();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file).stream() : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
