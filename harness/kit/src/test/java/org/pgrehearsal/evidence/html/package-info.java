/** Tests of the page in a real browser. */
@NullMarked
package org.pgrehearsal.evidence.html;

import org.jspecify.annotations.NullMarked;
