/** Tests of this backup system. */
@NullMarked
package org.pgrehearsal.system.barman;

import org.jspecify.annotations.NullMarked;
