/** Backups, and the proof that what was reported as completed can be restored. */
@NullMarked
package org.pgrehearsal.plugin.backup;

import org.jspecify.annotations.NullMarked;
