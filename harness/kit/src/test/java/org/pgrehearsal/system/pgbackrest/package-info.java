/** Tests of the package of the same name. */
@NullMarked
package org.pgrehearsal.system.pgbackrest;

import org.jspecify.annotations.NullMarked;
