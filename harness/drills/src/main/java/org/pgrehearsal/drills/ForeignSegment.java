package org.pgrehearsal.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.pgrehearsal.platform.kubernetes.Shell;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.system.Compression;
import org.pgrehearsal.wal.WalSegment;

/** A segment that another cluster wrote: a real one, with another system identifier. */
final class ForeignSegment {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private ForeignSegment() {}

    /** By a container that has PostgreSQL's programs. */
    static byte[] inPod(Shell shell) {
        shell.run(DEADLINE, List.of("initdb", "--pgdata=/tmp/other", "--username=postgres", "--no-sync"));
        StringBuilder text = new StringBuilder();
        shell.run(
                DEADLINE,
                text::append,
                List.of("sh", "-c", "gzip -c /tmp/other/pg_wal/000000010000000000000001 | base64 --wrap=0"));
        try {
            return Compression.GZIP.decompress(Base64.getDecoder().decode(text.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read another cluster's WAL: " + e.getMessage(), e);
        }
    }

    /** On this machine. */
    static byte[] make(LocalPlatform platform, Runner commands) {
        try (PostgresCluster other = platform.cluster(commands)) {
            other.initialise();
            try (var files = Files.list(other.data().resolve("pg_wal"))) {
                Path segment = files.filter(
                                file -> WalSegment.isName(file.getFileName().toString()))
                        .min(Comparator.naturalOrder())
                        .orElseThrow(() -> new Doubt("a new cluster has no WAL segment"));
                return Files.readAllBytes(segment);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read another cluster's WAL: " + e.getMessage(), e);
        }
    }
}
