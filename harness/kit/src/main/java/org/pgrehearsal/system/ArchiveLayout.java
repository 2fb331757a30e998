package org.pgrehearsal.system;

import java.io.IOException;
import java.util.Optional;

/** Where a backup system puts things in its bucket, and in which form: for our own eyes, without asking the engine. */
public interface ArchiveLayout {
    /** The name of the WAL, history or label file that an object holds; empty if it holds none. */
    Optional<String> walFile(String key);

    /** What the keys of the archive's files begin with; empty if they may be anywhere. */
    default String archive() {
        return "";
    }

    /** Whether an object is part of a backup, rather than of the archive or an index over both. */
    boolean isBackup(String key);

    /** The content of an object, as the server would get it. */
    byte[] decode(String key, byte[] stored) throws IOException;

    /** The reverse of {@link #decode}: what the system would store for a content. */
    byte[] encode(String key, byte[] content) throws IOException;
}
