package org.pgrehearsal.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** A run of its own, for {@link JanitorTest} to kill: starts a child and a detached grandchild, prints their ids, and waits for nothing. */
final class DoomedRun {
    private DoomedRun() {}

    public static void main(String[] arguments) throws IOException {
        Path work = Path.of(arguments[0]);
        Runner runner = new Runner(
                new Account(System.getProperty("user.name"), false),
                work,
                Janitor.watch(work, UUID.randomUUID().toString(), false),
                new Transcript(work.resolve("commands.log"), new Redaction()));
        Process child = runner.start(Command.of("sleep", "600"), work.resolve("child.log"));
        String detached = runner.run(Command.of("sh", "-c", "setsid sleep 600 </dev/null >/dev/null 2>&1 & echo $!"))
                .orFail()
                .out();
        System.out.println(child.pid() + " " + detached.strip());
        if (System.in.read() != 0) {
            throw new IllegalStateException("should have been killed");
        }
    }
}
