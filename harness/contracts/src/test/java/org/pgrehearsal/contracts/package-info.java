/** The contracts themselves, judged on the real tree and on broken ones. */
@NullMarked
package org.pgrehearsal.contracts;

import org.jspecify.annotations.NullMarked;
