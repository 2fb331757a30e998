/** Rules that hold for the whole kit. */
@NullMarked
package org.pgrehearsal;

import org.jspecify.annotations.NullMarked;
