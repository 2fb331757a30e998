package org.pgrehearsal.system;

import java.util.Map;

/** A way to back PostgreSQL up: what is known of it without running it. */
public interface BackupSystem {
    /** Its name in commands and reports, such as {@code pgbackrest}. */
    String name();

    /** What it cannot do, each with the reason, one sentence. */
    Map<Capability, String> lacks();

    /** How its bucket is laid out. */
    ArchiveLayout layout();
}
