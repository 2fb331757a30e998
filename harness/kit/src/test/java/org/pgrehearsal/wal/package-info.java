/** Tests of the package of the same name. */
@NullMarked
package org.pgrehearsal.wal;

import org.jspecify.annotations.NullMarked;
