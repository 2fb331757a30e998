/** Tests of the package of the same name. */
@NullMarked
package org.pgrehearsal.ledger;

import org.jspecify.annotations.NullMarked;
