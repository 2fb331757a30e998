/**
 * The pure checker: history, facts from the log and restored rows go in, findings come out. No I/O, no clock, no other package of ours than the
 * value types of ledger, wal and verdict.
 */
@NullMarked
package org.pgrehearsal.check;

import org.jspecify.annotations.NullMarked;
