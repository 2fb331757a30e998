package org.pgrehearsal.course;

import java.nio.file.Path;
import java.time.Duration;
import org.pgrehearsal.platform.DatabaseServer;
import org.pgrehearsal.system.Backup;
import org.pgrehearsal.system.BackupKind;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;
import org.pgrehearsal.wal.WalFacts;

/** A database with the ledger's tables in it that archives with a backup system, ready for its writers. */
public interface Source extends AutoCloseable {
    DatabaseServer server();

    /** Takes a backup, and returns when the system says that it is done. */
    Backup backup(BackupKind kind) throws Exception;

    /** What happens to it while its writers run, after the first backup; nothing unless a source is made for it. */
    default void meanwhile() throws Exception {}

    /** How long its writers wait for a server that takes writes when they lose their connection; zero if they must not lose it. */
    default Duration patience() {
        return Duration.ZERO;
    }

    /**
     * What its own log says, before any of it is archived.
     *
     * @param from  the start of a record
     * @param until the end of one that is on disk
     */
    WalFacts log(TimelineId timeline, Lsn from, Lsn until, int segmentSize);

    /** A directory on this machine for what is fetched from its archive. */
    Path home();

    /** Ends it at once, as a crash would: nothing more is archived. */
    @Override
    void close();
}
