/**
 * The features and what carries them out: one {@link org.pgrehearsal.drills.Rehearsal} a run, one {@link org.pgrehearsal.drills.Lane} a backup system,
 * one {@link org.pgrehearsal.drills.Drill} a scenario.
 */
@NullMarked
package org.pgrehearsal.drills;

import org.jspecify.annotations.NullMarked;
