/**
 * The one way to run a command: with a deadline, with secrets kept out of argv and out of every log, with a transcript, and with a promise that
 * nothing outlives the run.
 */
@NullMarked
package org.pgrehearsal.process;

import org.jspecify.annotations.NullMarked;
