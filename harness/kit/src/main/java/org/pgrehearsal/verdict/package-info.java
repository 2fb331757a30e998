/**
 * What a drill comes to: a verdict with its findings and its measurements.
 */
@NullMarked
package org.pgrehearsal.verdict;

import org.jspecify.annotations.NullMarked;
