/** A data directory from a backup, ready for CloudNativePG to start recovery in it. */
@NullMarked
package org.pgrehearsal.plugin.restore;

import org.jspecify.annotations.NullMarked;
