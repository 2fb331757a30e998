/**
 * Recovery targets: what PostgreSQL is asked for, where it must stop by its own rules, where its log says that it stopped, and how targets are
 * chosen that a restore can get wrong. Values, rules and parsers only: no process, no store, no clock.
 */
@NullMarked
package org.pgrehearsal.target;

import org.jspecify.annotations.NullMarked;
