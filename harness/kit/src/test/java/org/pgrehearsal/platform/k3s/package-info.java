@NullMarked
package org.pgrehearsal.platform.k3s;

import org.jspecify.annotations.NullMarked;
