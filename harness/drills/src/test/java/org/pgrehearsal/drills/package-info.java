/**
 * Tests of the drills, and the drills themselves as tests.
 */
@NullMarked
package org.pgrehearsal.drills;

import org.jspecify.annotations.NullMarked;
