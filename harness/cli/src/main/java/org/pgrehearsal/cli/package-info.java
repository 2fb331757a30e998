/**
 * The command line: one class a verb, each of them thin. What a verb does is in the kit; here are only options, output and exit codes.
 */
@NullMarked
package org.pgrehearsal.cli;

import org.jspecify.annotations.NullMarked;
