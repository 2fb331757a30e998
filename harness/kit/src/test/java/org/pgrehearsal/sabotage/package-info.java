/** Tests of the package of the same name; they need nothing installed. */
@NullMarked
package org.pgrehearsal.sabotage;

import org.jspecify.annotations.NullMarked;
