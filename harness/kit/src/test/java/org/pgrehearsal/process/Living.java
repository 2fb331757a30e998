package org.pgrehearsal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pgrehearsal.await.Waiting;

/** Whether processes live. One that has ended and was not yet collected by its parent does not. */
final class Living {
    private Living() {}

    static boolean lives(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException _) {
            return false;
        }
    }

    static void awaitEnd(long... pids) {
        Waiting.on("processes to end", Duration.ofSeconds(20))
                .until(
                        () -> java.util.Arrays.stream(pids)
                                .filter(Living::lives)
                                .boxed()
                                .toList(),
                        List::isEmpty);
    }
}
