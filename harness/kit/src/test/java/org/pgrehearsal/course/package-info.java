/** Tests of the package of the same name. */
@NullMarked
package org.pgrehearsal.course;

import org.jspecify.annotations.NullMarked;
