package org.pgrehearsal.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The sources of what {@code lab/go} is built from, as Go keeps them.
 *
 * @param sources the repository's folder {@code lab}
 * @param tools   runs Go
 */
public record Modules(Path sources, Tools tools) {
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    /**
     * A module.
     *
     * @param version with its v
     * @param folder  of its sources; read only
     */
    public record Module(String version, Path folder) {
        /** The version as images and manifests say it. */
        public String plainVersion() {
            return version.substring(1);
        }
    }

    /**
     * Finds a module, and fetches it if it is not there.
     *
     * @param from the folder of {@code lab/go} that pins it
     * @param path its path
     */
    public Module find(String from, String path) {
        Path folder = sources.resolve("go", from);
        Map<String, String> environment = Map.of("GOTOOLCHAIN", "local", "GOFLAGS", "-mod=readonly");
        tools.run(List.of(tools.go().toString(), "mod", "download", path), folder, environment, DEADLINE);
        String[] found = tools.run(
                        List.of(tools.go().toString(), "list", "-m", "-f", "{{.Version}} {{.Dir}}", path),
                        folder,
                        environment,
                        DEADLINE)
                .out()
                .strip()
                .split(" ", 2);
        return new Module(found[0], Path.of(found[1]));
    }
}
