package org.pgrehearsal.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The hash of all that goes into something: what has the same hash need not be made again. */
final class Inputs {
    private static final int LENGTH = 16;
    private final MessageDigest digest;

    Inputs() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Inputs add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        return this;
    }

    /** A file, or all files of a folder with their names; whether one can be executed counts too. */
    Inputs add(Path place) {
        try (Stream<Path> all = Files.walk(place)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                add(place.relativize(file) + (Files.isExecutable(file) ? "*" : ""));
                add(Files.readString(file));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + place + ": " + e.getMessage(), e);
        }
    }

    /** Sixteen hexadecimal digits. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }
}
