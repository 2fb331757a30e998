package org.pgrehearsal.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The programs of a Go module in {@code lab/go}: its own, where it has a {@code main.go}, else the tools that its {@code go.mod} names. What they are
 * built from is pinned by {@code go.mod} and checked against {@code go.sum}. The files {@code tags} and {@code ldflags} hold what the linker is told.
 *
 * @param module the module's folder
 * @param tools  runs the build
 */
record GoPart(Path module, Tools tools) implements Part {
    private static final Duration DEADLINE = Duration.ofMinutes(40);

    @Override
    public String name() {
        return "go-" + module.getFileName();
    }

    @Override
    public String place() {
        return module.getFileName().toString();
    }

    @Override
    public String hash() {
        return new Inputs()
                .add(module)
                .add(String.join(" ", arguments(Path.of("folder"))))
                .hash();
    }

    @Override
    public void make(Path folder) {
        List<String> argv = new ArrayList<>(List.of(tools.go().toString()));
        argv.addAll(arguments(folder));
        tools.run(argv, module, Map.of("GOTOOLCHAIN", "local", "GOFLAGS", "", "CGO_ENABLED", "0"), DEADLINE);
    }

    private List<String> arguments(Path folder) {
        List<String> arguments = new ArrayList<>(List.of("build", "-mod=readonly", "-trimpath", "-buildvcs=false"));
        arguments.addAll(List.of("-ldflags", ("-s -w " + text("ldflags")).strip()));
        if (!text("tags").isEmpty()) {
            arguments.addAll(List.of("-tags", text("tags")));
        }
        arguments.addAll(List.of("-o", folder + "/", Files.exists(module.resolve("main.go")) ? "." : "tool"));
        return arguments;
    }

    private String text(String file) {
        try {
            Path path = module.resolve(file);
            return Files.exists(path) ? Files.readString(path).strip().replace('\n', ' ') : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " of " + module + ": " + e.getMessage(), e);
        }
    }
}
