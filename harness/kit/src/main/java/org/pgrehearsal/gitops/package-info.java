/**
 * The platform brought up as a user does it: the work tree as a Git repository over HTTP, {@code scripts/bootstrap}, Flux, and the wait until all of it is
 * ready. What a cluster elsewhere downloads and this one cannot, Flux's installation and the charts, is made here. Nothing here knows a backup.
 */
@NullMarked
package org.pgrehearsal.gitops;

import org.jspecify.annotations.NullMarked;
