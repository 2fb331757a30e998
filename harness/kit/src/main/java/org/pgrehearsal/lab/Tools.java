package org.pgrehearsal.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pgrehearsal.platform.MachineException;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Finished;
import org.pgrehearsal.process.Runner;

/**
 * Runs the programs that build: as the user who asked, with that user's caches and the settings of the machine for its package registries.
 *
 * @param runner runs the commands and notes them
 * @param cache  the lab's folder outside the repository
 */
public record Tools(Runner runner, Path cache) {
    private static final List<String> OF_THE_MACHINE = List.of(
            "HOME",
            "GOPROXY",
            "GOSUMDB",
            "GONOSUMDB",
            "GOPRIVATE",
            "GOCACHE",
            "GOMODCACHE",
            "CARGO_HOME",
            "RUSTUP_HOME",
            "DOCKER_HOST",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "CARGO_HTTP_CAINFO",
            "TMPDIR");

    /** For what a build leaves that only the next one can use. */
    Path scratch() {
        return cache.resolve("scratch");
    }

    /** The Go toolchain: the one that scripts/tools made because the machine's own is too old, else that on the path or where its archive puts it. */
    Path go() {
        return Stream.concat(
                        Stream.of(cache.resolveSibling("tools/go/go/bin/go")),
                        Stream.concat(onPath("go").stream(), Stream.of(Path.of("/usr/local/go/bin/go"))))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new MachineException("no Go toolchain; run scripts/setup --for k3s"));
    }

    static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs a command to its end.
     *
     * @param directory where
     * @param more      variables that the program wants beside the machine's own
     * @throws org.pgrehearsal.process.CommandFailed if it fails
     */
    Finished run(List<String> argv, Path directory, Map<String, String> more, Duration deadline) {
        Map<String, String> environment = new HashMap<>();
        for (String name : OF_THE_MACHINE) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.putAll(more);
        return runner.run(Command.of(argv).with(environment).in(directory).within(deadline))
                .orFail();
    }
}
