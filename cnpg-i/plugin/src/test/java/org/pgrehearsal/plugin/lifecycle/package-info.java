@NullMarked
package org.pgrehearsal.plugin.lifecycle;

import org.jspecify.annotations.NullMarked;
