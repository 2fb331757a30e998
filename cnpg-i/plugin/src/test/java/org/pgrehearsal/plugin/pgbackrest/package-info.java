@NullMarked
package org.pgrehearsal.plugin.pgbackrest;

import org.jspecify.annotations.NullMarked;
