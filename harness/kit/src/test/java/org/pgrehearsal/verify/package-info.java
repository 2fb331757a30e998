/** Tests of what verification reads from a backup. */
@NullMarked
package org.pgrehearsal.verify;

import org.jspecify.annotations.NullMarked;
