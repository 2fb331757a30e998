/**
 * The steps of the features. A step speaks to the drill; what is right or wrong is decided in the kit.
 */
@NullMarked
package org.pgrehearsal.drills.glue;

import org.jspecify.annotations.NullMarked;
