@NullMarked
package org.pgrehearsal.plugin.reconciler;

import org.jspecify.annotations.NullMarked;
