@NullMarked
package org.pgrehearsal.plugin.metrics;

import org.jspecify.annotations.NullMarked;
