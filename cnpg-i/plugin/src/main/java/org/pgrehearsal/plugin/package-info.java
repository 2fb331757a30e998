/** The plugin's only program, and what all of its services share. */
@NullMarked
package org.pgrehearsal.plugin;

import org.jspecify.annotations.NullMarked;
