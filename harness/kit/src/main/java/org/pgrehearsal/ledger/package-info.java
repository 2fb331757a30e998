/**
 * What our writers commit (the ledger) and what they were told about it (the history).
 */
@NullMarked
package org.pgrehearsal.ledger;

import org.jspecify.annotations.NullMarked;
