/**
 * Benchmarks of the hot parts. Not in the default build; no test depends on a number from here.
 */
@NullMarked
package org.pgrehearsal.bench;

import org.jspecify.annotations.NullMarked;
