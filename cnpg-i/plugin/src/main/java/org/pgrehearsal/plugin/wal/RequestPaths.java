package org.pgrehearsal.plugin.wal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.pgbackrest.WalName;

/** What comes over the socket is not trusted: only WAL is read, and only the data directory is written. */
final class RequestPaths {
    private RequestPaths() {}

    /** A file in {@code pg_wal} with a name that WAL has. */
    static Path wal(String text, Path pgData) {
        Path path = below(text, pgData.resolve("pg_wal"), 1);
        name(String.valueOf(path.getFileName()));
        return path;
    }

    /** A file that is restored: in {@code pg_wal}, or directly in the data directory, as pg_rewind has it. */
    static Path destination(String text, Path pgData) {
        Path path = below(text, pgData, 2);
        Path wal = pgData.resolve("pg_wal");
        if (path.startsWith(wal) ? path.getNameCount() == wal.getNameCount() + 1 : pgData.equals(path.getParent())) {
            return path;
        }
        throw Refusal.badRequest("restored WAL goes into " + wal + ", not to " + text);
    }

    /** A name that WAL, a history file or a backup label has. */
    static String name(String name) {
        if (WalName.isValid(name)) {
            return name;
        }
        throw Refusal.badRequest("'" + name + "' is not the name of a WAL file");
    }

    private static Path below(String text, Path root, int depth) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()
                    && path.equals(path.normalize())
                    && path.startsWith(root)
                    && path.getNameCount() > root.getNameCount()
                    && path.getNameCount() <= root.getNameCount() + depth) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw Refusal.badRequest("not a path: " + e.getMessage());
        }
        throw Refusal.badRequest("'" + text + "' is not a file in " + root);
    }
}
