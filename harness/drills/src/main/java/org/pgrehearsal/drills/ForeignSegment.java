package org.pgrehearsal.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.pgrehearsal.platform.local.PostgresCluster;
import org.pgrehearsal.wal.WalSegment;

/** A segment that another cluster wrote: a real one, with another system identifier. */
final class ForeignSegment {
    private ForeignSegment() {}

    static byte[] make(Drill drill) {
        try (PostgresCluster other = drill.rehearsal().platform().cluster(drill.commands())) {
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
