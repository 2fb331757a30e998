package org.pgrehearsal.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A small Debian with some packages, as {@code root.tar}. apt takes them from the machine's own mirror and checks the archive's signature.
 *
 * @param list  a file with a package on each line; # begins a comment
 * @param tools runs the build
 */
record DebianPart(Path list, Tools tools) implements Part {
    private static final String SUITE = "trixie";
    private static final Duration DEADLINE = Duration.ofMinutes(15);

    @Override
    public String name() {
        return "debian-" + list.getFileName();
    }

    @Override
    public String place() {
        return "";
    }

    @Override
    public String hash() {
        return new Inputs().add(String.join(" ", arguments(Path.of("folder")))).hash();
    }

    @Override
    public void make(Path folder) {
        tools.run(arguments(folder), folder, Map.of(), DEADLINE);
    }

    private List<String> arguments(Path folder) {
        return List.of(
                "mmdebstrap",
                "--variant=minbase",
                // nobody reads them there
                "--dpkgopt=path-exclude=/usr/share/doc/*",
                "--dpkgopt=path-exclude=/usr/share/man/*",
                "--dpkgopt=path-exclude=/usr/share/locale/*",
                "--include=" + String.join(",", packages()),
                SUITE,
                folder + "/root.tar");
    }

    private List<String> packages() {
        try {
            return Files.readAllLines(list).stream()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + list + ": " + e.getMessage(), e);
        }
    }
}
