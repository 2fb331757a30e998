/** WAL goes into the repository and comes out of it: never acknowledged before it is stored, never called absent unless the repository said so. */
@NullMarked
package org.pgrehearsal.plugin.wal;

import org.jspecify.annotations.NullMarked;
