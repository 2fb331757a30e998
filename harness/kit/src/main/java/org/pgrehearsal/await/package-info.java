/**
 * Waiting for something with a name, a deadline, a reason to give up early, and the last thing seen in the error.
 */
@NullMarked
package org.pgrehearsal.await;

import org.jspecify.annotations.NullMarked;
