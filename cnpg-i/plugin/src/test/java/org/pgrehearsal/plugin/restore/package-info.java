@NullMarked
package org.pgrehearsal.plugin.restore;

import org.jspecify.annotations.NullMarked;
