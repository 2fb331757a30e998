/**
 * barman-cloud: the programs that copy a server's files and its log straight to an object store.
 */
@NullMarked
package org.pgrehearsal.system.barman;

import org.jspecify.annotations.NullMarked;
