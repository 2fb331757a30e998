package org.pgrehearsal.system;

/** What a backup system made of an order to restore, before the server has replayed anything. */
public sealed interface Restoration {
    /**
     * The files are there and the server may start.
     *
     * @param server how; the caller adds what keeps it away from the source's archive
     */
    record Ready(ServerConfig server) implements Restoration {}

    /** The cluster is complete and runs: a logical restore replays nothing. */
    record Running() implements Restoration {}

    /**
     * The system refused.
     *
     * @param exit   its exit code
     * @param reason its last words
     */
    record Refused(int exit, String reason) implements Restoration {}
}
