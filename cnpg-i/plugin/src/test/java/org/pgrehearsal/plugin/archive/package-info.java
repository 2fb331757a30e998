@NullMarked
package org.pgrehearsal.plugin.archive;

import org.jspecify.annotations.NullMarked;
