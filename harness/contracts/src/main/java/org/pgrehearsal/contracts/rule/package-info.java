/** One class for each rule. A rule looks at a {@link org.pgrehearsal.contracts.tree.World} and says what it refuses, where, and what to do about it; it also counts what it looked at, because a rule that looked at nothing has proved nothing. */
@NullMarked
package org.pgrehearsal.contracts.rule;

import org.jspecify.annotations.NullMarked;
