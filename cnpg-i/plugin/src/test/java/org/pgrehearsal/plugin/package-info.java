@NullMarked
package org.pgrehearsal.plugin;

import org.jspecify.annotations.NullMarked;
