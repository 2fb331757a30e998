/** Tests of the package of the same name. */
@NullMarked
package org.pgrehearsal.undo;

import org.jspecify.annotations.NullMarked;
