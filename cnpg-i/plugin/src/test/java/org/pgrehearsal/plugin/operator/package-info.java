@NullMarked
package org.pgrehearsal.plugin.operator;

import org.jspecify.annotations.NullMarked;
