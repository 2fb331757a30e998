/**
 * The course of one source: what its writers did, the backup that was taken meanwhile, what the archive holds, and everything that is known about
 * it without asking the engine. Many restores are judged against one course.
 */
@NullMarked
package org.pgrehearsal.course;

import org.jspecify.annotations.NullMarked;
