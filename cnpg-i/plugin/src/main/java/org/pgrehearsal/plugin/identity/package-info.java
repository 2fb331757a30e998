/** Who we are, and what this process can do. */
@NullMarked
package org.pgrehearsal.plugin.identity;

import org.jspecify.annotations.NullMarked;
