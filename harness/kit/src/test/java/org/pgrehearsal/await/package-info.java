/** Tests of the package of the same name. */
@NullMarked
package org.pgrehearsal.await;

import org.jspecify.annotations.NullMarked;
