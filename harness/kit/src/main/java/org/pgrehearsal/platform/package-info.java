/**
 * Where a drill runs and what that place has: the programs of the backup systems, the machine, and the preflight that compares both with what
 * is needed. Nothing here installs anything or starts a server.
 */
@NullMarked
package org.pgrehearsal.platform;

import org.jspecify.annotations.NullMarked;
