@NullMarked
package org.pgrehearsal.contracts.rule;

import org.jspecify.annotations.NullMarked;
