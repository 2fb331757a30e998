/**
 * Logical backups: {@code pg_dump} of every database in one snapshot each, with a manifest that a restore is held to.
 */
@NullMarked
package org.pgrehearsal.system.dump;

import org.jspecify.annotations.NullMarked;
