/** Tests of the package of the same name. */
@NullMarked
package org.pgrehearsal.platform.local;

import org.jspecify.annotations.NullMarked;
