package org.pgrehearsal.course;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A way to run {@code pg_waldump}, which reads only the log of its own major version. */
@FunctionalInterface
public interface WalDumper {
    /**
     * Runs it to its end.
     *
     * @param directory with the segments, on this machine
     * @param options   beside that of the directory
     * @param lines     takes each line of what it prints
     */
    void dump(Path directory, List<String> options, Consumer<String> lines);
}
