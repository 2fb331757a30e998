@NullMarked
package org.pgrehearsal.platform.kubernetes;

import org.jspecify.annotations.NullMarked;
