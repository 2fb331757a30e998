package org.pgrehearsal.platform.k3s;

import java.util.Map;
import java.util.Optional;

/**
 * Who made a container or a network, as its labels say it: one that is gone has left it behind.
 *
 * @param pid     the process
 * @param started when the machine started it, in milliseconds since 1970: process ids come round again
 */
record Owner(long pid, long started) {
    /** The label, whose value is {@code PID.STARTED}. */
    static final String LABEL = "org.pgrehearsal.owner";

    static Owner self() {
        return of(ProcessHandle.current());
    }

    private static Owner of(ProcessHandle process) {
        return new Owner(
                process.pid(),
                process.info()
                        .startInstant()
                        .orElseThrow(() -> new IllegalStateException("no /proc here"))
                        .toEpochMilli());
    }

    /** The owner that labels name; empty if they name no process. */
    static Optional<Owner> in(Map<String, String> labels) {
        String[] parts = labels.getOrDefault(LABEL, "").split("\\.", -1);
        return parts.length == 2
                ? Optional.of(new Owner(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                : Optional.empty();
    }

    Map<String, String> label() {
        return Map.of(LABEL, pid + "." + started);
    }

    boolean isGone() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(Owner::of)
                .filter(this::equals)
                .isEmpty();
    }
}
