package org.pgrehearsal.system.dump;

import java.util.Optional;
import java.util.TreeSet;

/** Compares what a restored database holds with its manifest. */
final class ContentsComparison {
    private ContentsComparison() {}

    /** The first difference in one line; empty if there is none. Values of sequences are not compared: no snapshot fixes them. */
    static Optional<String> firstDifference(Manifest.Database expected, Manifest.Contents actual) {
        Manifest.Contents wanted = expected.contents();
        var tables = new TreeSet<>(wanted.tables().keySet());
        tables.addAll(actual.tables().keySet());
        for (String table : tables) {
            Long want = wanted.tables().get(table);
            Long have = actual.tables().get(table);
            if (have == null) {
                return said(expected, "table " + table + " is missing, the manifest has it with " + want + " rows");
            }
            if (want == null) {
                return said(expected, "table " + table + " with " + have + " rows is not in the manifest");
            }
            if (!want.equals(have)) {
                return said(expected, "table " + table + " has " + have + " rows, the manifest says " + want);
            }
        }
        if (wanted.largeObjects() != actual.largeObjects()) {
            return said(expected, actual.largeObjects() + " large objects, the manifest says " + wanted.largeObjects());
        }
        var sequences = new TreeSet<>(wanted.sequences().keySet());
        sequences.removeAll(actual.sequences().keySet());
        return sequences.isEmpty() ? Optional.empty() : said(expected, "sequence " + sequences.first() + " is missing");
    }

    private static Optional<String> said(Manifest.Database database, String what) {
        return Optional.of("database " + database.name() + ": " + what);
    }
}
