@NullMarked
package org.pgrehearsal.contracts.tool;

import org.jspecify.annotations.NullMarked;
