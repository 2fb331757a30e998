@NullMarked
package org.pgrehearsal.plugin.certificates;

import org.jspecify.annotations.NullMarked;
