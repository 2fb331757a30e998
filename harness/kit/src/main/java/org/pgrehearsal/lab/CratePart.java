package org.pgrehearsal.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.platform.MachineException;

/**
 * A Rust program from the crates registry, with the dependencies that its own lock file pins and checks.
 *
 * @param crate   its name
 * @param version exactly
 * @param tools   runs the build
 */
record CratePart(String crate, String version, Tools tools) implements Part {
    private static final Duration DEADLINE = Duration.ofMinutes(60);

    static CratePart of(String text, Tools tools) {
        int at = text.indexOf('@');
        return new CratePart(text.substring(0, at), text.substring(at + 1), tools);
    }

    @Override
    public String name() {
        return "crate-" + crate;
    }

    @Override
    public String place() {
        return crate;
    }

    @Override
    public String hash() {
        return new Inputs().add(String.join(" ", arguments(Path.of("folder")))).hash();
    }

    @Override
    public void make(Path folder) {
        if (Tools.onPath("cargo").isEmpty()) {
            throw new MachineException("no cargo here, and " + crate
                    + " is built from crates: install Rust (rustup), or leave it out of what the images are for");
        }
        Map<String, String> environment =
                Map.of("CARGO_TARGET_DIR", tools.scratch().resolve("cargo").toString());
        tools.run(arguments(folder), folder, environment, DEADLINE);
    }

    private List<String> arguments(Path folder) {
        return List.of(
                "cargo", "install", "--locked", "--no-track", "--root", folder.toString(), crate + "@" + version);
    }
}
