/** Our own kind, Archive: what it says as parameters, how it gets into pods, and what its status says. */
@NullMarked
package org.pgrehearsal.plugin.archive;

import org.jspecify.annotations.NullMarked;
