@NullMarked
package org.pgrehearsal.store;

import org.jspecify.annotations.NullMarked;
