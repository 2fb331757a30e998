/**
 * Where a drill runs, and what that place has.
 */
@NullMarked
package org.pgrehearsal.platform;

import org.jspecify.annotations.NullMarked;
