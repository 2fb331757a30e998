/**
 * Register the undo before the do; last in, first out; nothing is undone that was not done here.
 */
@NullMarked
package org.pgrehearsal.undo;

import org.jspecify.annotations.NullMarked;
