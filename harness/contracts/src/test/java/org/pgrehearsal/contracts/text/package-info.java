@NullMarked
package org.pgrehearsal.contracts.text;

import org.jspecify.annotations.NullMarked;
