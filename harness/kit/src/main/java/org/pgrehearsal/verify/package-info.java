/**
 * Proving a backup that somebody else took of a database that our ledger did not write: what the archive says of itself is held against what
 * comes out of a restore. Nothing here writes to the archive.
 */
@NullMarked
package org.pgrehearsal.verify;

import org.jspecify.annotations.NullMarked;
