/**
 * Damage done on purpose to a copy of a good backup, and what must be found because of it. A drill of such a copy passes only if the damage is
 * found, for the right reason. Works on buckets alone: it runs no engine and no server, and what goes wrong while a restore runs is elsewhere.
 */
@NullMarked
package org.pgrehearsal.sabotage;

import org.jspecify.annotations.NullMarked;
