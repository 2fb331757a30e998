/** What is refused before the operator makes a pod. */
@NullMarked
package org.pgrehearsal.plugin.reconciler;

import org.jspecify.annotations.NullMarked;
