/**
 * Backups by the charts of this repository, which Flux installs beside a database.
 */
@NullMarked
package org.pgrehearsal.system.chart;

import org.jspecify.annotations.NullMarked;
