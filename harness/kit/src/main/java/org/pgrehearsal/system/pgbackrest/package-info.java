/**
 * pgBackRest.
 */
@NullMarked
package org.pgrehearsal.system.pgbackrest;

import org.jspecify.annotations.NullMarked;
