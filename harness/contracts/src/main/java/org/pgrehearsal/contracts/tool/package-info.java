/** The programs that the contracts are judged with: where scripts/tools has put them, and the one way to run them. */
@NullMarked
package org.pgrehearsal.contracts.tool;

import org.jspecify.annotations.NullMarked;
