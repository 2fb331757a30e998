package org.pgrehearsal.system;

/** How much a backup copies. */
public enum BackupKind {
    FULL,
    /** What changed since the last full one. */
    DIFFERENTIAL,
    /** What changed since the last one of any kind. */
    INCREMENTAL
}
