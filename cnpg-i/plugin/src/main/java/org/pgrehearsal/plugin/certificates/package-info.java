/** The certificates of the operator's endpoint: those that somebody else keeps, or our own. */
@NullMarked
package org.pgrehearsal.plugin.certificates;

import org.jspecify.annotations.NullMarked;
