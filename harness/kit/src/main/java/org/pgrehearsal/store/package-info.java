/**
 * Object stores: what a drill keeps its backups in, how we look into it ourselves, and the gate that stands between a store and everything that
 * is under test. Nothing here knows what a backup is: keys are opaque.
 */
@NullMarked
package org.pgrehearsal.store;

import org.jspecify.annotations.NullMarked;
