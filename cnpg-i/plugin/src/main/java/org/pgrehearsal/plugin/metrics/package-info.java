/** What the exporter of an instance shows of its repositories. */
@NullMarked
package org.pgrehearsal.plugin.metrics;

import org.jspecify.annotations.NullMarked;
