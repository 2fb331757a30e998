/**
 * The run folder and its reports. The records of this package are what a report is made of; they hold no secret and no live object.
 */
@NullMarked
package org.pgrehearsal.evidence;

import org.jspecify.annotations.NullMarked;
