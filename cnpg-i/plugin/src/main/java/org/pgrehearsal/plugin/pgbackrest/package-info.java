/** Running pgBackRest and understanding what it says. Knows no CNPG-I. */
@NullMarked
package org.pgrehearsal.plugin.pgbackrest;

import org.jspecify.annotations.NullMarked;
