package org.pgrehearsal.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Who made a container, a network or a namespace, as its labels say it: one that is gone has left it behind.
 *
 * @param pid     the process
 * @param started when the machine started it, in milliseconds since 1970: process ids come round again
 * @param boot    which machine, since when: {@code boot_id} of Linux
 */
public record Owner(long pid, long started, String boot) {
    /** The label, whose value is {@code PID.STARTED.BOOT}. */
    public static final String LABEL = "org.pgrehearsal.owner";

    private static final int PARTS = 3;
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    public static Owner self() {
        return of(ProcessHandle.current());
    }

    private static Owner of(ProcessHandle process) {
        return new Owner(
                process.pid(),
                process.info()
                        .startInstant()
                        .orElseThrow(() -> new IllegalStateException("no /proc here"))
                        .toEpochMilli(),
                thisBoot());
    }

    static String thisBoot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + BOOT + ": " + e.getMessage(), e);
        }
    }

    /** The owner that labels name; empty if they name none. */
    public static Optional<Owner> in(Map<String, String> labels) {
        String[] parts = labels.getOrDefault(LABEL, "").split("\\.", -1);
        return parts.length == PARTS
                ? Optional.of(new Owner(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]))
                : Optional.empty();
    }

    public Map<String, String> label() {
        return Map.of(LABEL, pid + "." + started + "." + boot);
    }

    /** Whether it surely is: of a process of another machine, or from before this one started again, nothing is known here. */
    public boolean isGone() {
        return boot.equals(thisBoot())
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .map(Owner::of)
                        .filter(this::equals)
                        .isEmpty();
    }
}
