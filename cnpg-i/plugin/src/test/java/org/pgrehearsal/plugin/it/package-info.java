@NullMarked
package org.pgrehearsal.plugin.it;

import org.jspecify.annotations.NullMarked;
