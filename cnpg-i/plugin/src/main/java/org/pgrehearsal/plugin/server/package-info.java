/** The two ways in: TLS for the operator, a Unix socket for the instance manager. */
@NullMarked
package org.pgrehearsal.plugin.server;

import org.jspecify.annotations.NullMarked;
