/** Tests of the run folder and its reports, and the runs that they are shown. */
@NullMarked
package org.pgrehearsal.evidence;

import org.jspecify.annotations.NullMarked;
