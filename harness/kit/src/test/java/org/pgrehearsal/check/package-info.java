/** Tests of the package of the same name. */
@NullMarked
package org.pgrehearsal.check;

import org.jspecify.annotations.NullMarked;
