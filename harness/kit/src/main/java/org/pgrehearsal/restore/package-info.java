/**
 * Restoring one backup to one target, and judging what came back against the course of its source.
 */
@NullMarked
package org.pgrehearsal.restore;

import org.jspecify.annotations.NullMarked;
