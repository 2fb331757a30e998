package org.pgrehearsal.check;

import org.pgrehearsal.wal.Lsn;

/**
 * Expected commits that are not there.
 *
 * @param count how many, 1 or more
 * @param first where the first missing commit record starts
 * @param last  where the last one starts
 */
public record Missing(long count, Lsn first, Lsn last) {}
