package org.pgrehearsal.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for secrets in every file of a folder: as they are, and as base64, percent-encoding, JSON and HTML write them. It reads files in pieces
 * and keeps two of them at most. It does not look into compressed files and does not follow links.
 */
public final class SecretScan {
    /** A shorter value would be found in text that has nothing to do with it. */
    public static final int SHORTEST = 6;

    private static final int PIECE = 1 << 16;

    private final SecretPatterns patterns;

    /**
     * A secret in a file.
     *
     * @param file   where
     * @param secret its name, never its value
     */
    public record Hit(Path file, String secret) {}

    /**
     * What a scan saw. A scan that read no file says nothing.
     *
     * @param files read to the end
     * @param bytes in them
     * @param hits  what was found, by file
     */
    public record Result(long files, long bytes, List<Hit> hits) {}

    /**
     * A scan for these secrets.
     *
     * @param secrets name to value
     * @throws IllegalArgumentException if a value is too short to be looked for; the message has its name
     */
    public SecretScan(Map<String, String> secrets) {
        secrets.forEach((name, value) -> {
            if (value.length() < SHORTEST) {
                throw new IllegalArgumentException("the secret " + name + " is shorter than " + SHORTEST
                        + " characters, so it cannot be looked for; choose a longer one");
            }
        });
        patterns = new SecretPatterns(new LinkedHashMap<>(secrets));
    }

    /**
     * Reads every file below a folder, and the names of the files too.
     *
     * @throws EvidenceException if a file cannot be read: what was not read was not shown to be clean
     */
    public Result scan(Path folder) {
        List<Hit> hits = new ArrayList<>();
        long[] seen = new long[2];
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    byte[] name = file.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    Set<String> found = new TreeSet<>();
                    patterns.find(name, name.length, found);
                    if (attributes.isRegularFile()) {
                        seen[1] += read(file, found);
                        seen[0]++;
                    }
                    found.forEach(secret -> hits.add(new Hit(file, secret)));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw EvidenceException.of("look for secrets in", folder, e);
        }
        return new Result(seen[0], seen[1], List.copyOf(hits));
    }

    private long read(Path file, Set<String> found) throws IOException {
        int overlap = patterns.longest() - 1;
        byte[] buffer = new byte[Math.max(0, overlap) + PIECE];
        int kept = 0;
        long total = 0;
        try (InputStream in = Files.newInputStream(file)) {
            while (true) {
                int read = in.readNBytes(buffer, kept, PIECE);
                if (read == 0) {
                    return total;
                }
                total += read;
                int filled = kept + read;
                patterns.find(buffer, filled, found);
                kept = Math.min(overlap, filled);
                System.arraycopy(buffer, filled - kept, buffer, 0, kept);
            }
        }
    }
}
