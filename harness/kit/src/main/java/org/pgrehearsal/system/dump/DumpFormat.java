package org.pgrehearsal.system.dump;

/** The two forms in which every database is dumped. */
public enum DumpFormat {
    /** {@code pg_dump --format=custom}, read by {@code pg_restore}. */
    CUSTOM,
    /** SQL, read by {@code psql}. */
    PLAIN
}
