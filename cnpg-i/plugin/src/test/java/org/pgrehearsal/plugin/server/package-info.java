@NullMarked
package org.pgrehearsal.plugin.server;

import org.jspecify.annotations.NullMarked;
