package org.pgrehearsal.plugin.pgbackrest;

import java.nio.file.Path;

/**
 * Where things are in the pod.
 *
 * @param home      ours: configuration, spool, locks; empty when the pod starts
 * @param secrets   one directory for each mounted Secret, one file for each key
 * @param pgData    the data directory
 * @param pgWal     where WAL has a volume of its own
 * @param socket    the directory of PostgreSQL's socket
 * @param port      PostgreSQL's port
 * @param program   pgBackRest
 */
public record Place(Path home, Path secrets, Path pgData, Path pgWal, Path socket, int port, String program) {
    /** Marks that say "the repository was asked for this file and does not have it". */
    public Path absent() {
        return home.resolve("absent");
    }

    /** What pgBackRest remembers of segments that it stored or fetched ahead. */
    public Path spool() {
        return home.resolve("spool");
    }

    /** The file of a key of a Secret. */
    public Path secret(String secret, String key) {
        return secrets.resolve(secret).resolve(key);
    }
}
