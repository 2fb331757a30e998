@NullMarked
package org.pgrehearsal.contracts.tree;

import org.jspecify.annotations.NullMarked;
