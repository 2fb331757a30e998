/**
 * Backup systems: what each can do, and how it is told to. One sub-package for each.
 */
@NullMarked
package org.pgrehearsal.system;

import org.jspecify.annotations.NullMarked;
