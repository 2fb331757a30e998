/** Tests of this backup system. */
@NullMarked
package org.pgrehearsal.system.dump;

import org.jspecify.annotations.NullMarked;
