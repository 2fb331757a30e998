package org.pgrehearsal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** A folder that stands for {@code /}, with programs that are shell scripts. */
final class FakeMachine {
    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    FakeMachine(Path root) {
        this.root = root;
        environment.put("PATH", root.resolve("usr/bin").toString());
        environment.put("REHEARSE_CACHE", root.resolve("cache").toString());
    }

    /** Puts a program that prints {@code output} and ends with {@code exitCode}. */
    FakeMachine program(String folder, String name, String output, int exitCode) throws IOException {
        Path file = Files.createDirectories(root.resolve(folder)).resolve(name);
        Files.writeString(file, "#!/bin/sh\necho '%s'\nexit %d\n".formatted(output, exitCode));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    FakeMachine program(String folder, String name) throws IOException {
        return program(folder, name, name + " 1.2", 0);
    }

    /** Puts all programs of PostgreSQL; each says {@code version}. */
    FakeMachine postgres(String folder, String version) throws IOException {
        for (Program program : Program.of(Bundle.POSTGRESQL)) {
            program(folder, program.command(), program.command() + " (PostgreSQL) " + version, 0);
        }
        return this;
    }

    FakeMachine environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Toolbox toolbox() {
        return new Toolbox(environment, root);
    }
}
