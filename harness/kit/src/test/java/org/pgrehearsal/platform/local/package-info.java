@NullMarked
package org.pgrehearsal.platform.local;

import org.jspecify.annotations.NullMarked;
