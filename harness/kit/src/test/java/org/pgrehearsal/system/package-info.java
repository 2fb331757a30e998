/** Tests of what every backup system has, and the rig on which each is tried for real. */
@NullMarked
package org.pgrehearsal.system;

import org.jspecify.annotations.NullMarked;
