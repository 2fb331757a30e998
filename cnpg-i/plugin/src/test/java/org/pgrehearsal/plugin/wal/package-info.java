@NullMarked
package org.pgrehearsal.plugin.wal;

import org.jspecify.annotations.NullMarked;
