/** Tests of the package of the same name. */
@NullMarked
package org.pgrehearsal.process;

import org.jspecify.annotations.NullMarked;
