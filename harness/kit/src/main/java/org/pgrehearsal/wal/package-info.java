/**
 * Positions, timelines and segments of the write-ahead log, and what {@code pg_waldump} says about transactions. Values and parsers only: nothing
 * here talks to a store or a server.
 */
@NullMarked
package org.pgrehearsal.wal;

import org.jspecify.annotations.NullMarked;
