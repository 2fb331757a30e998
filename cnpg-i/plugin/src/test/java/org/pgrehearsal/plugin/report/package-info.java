@NullMarked
package org.pgrehearsal.plugin.report;

import org.jspecify.annotations.NullMarked;
