/** Tests of the package of the same name. */
@NullMarked
package org.pgrehearsal.restore;

import org.jspecify.annotations.NullMarked;
