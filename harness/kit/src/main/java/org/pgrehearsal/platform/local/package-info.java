/**
 * The local platform: PostgreSQL clusters as processes of an unprivileged user, in one work directory.
 */
@NullMarked
package org.pgrehearsal.platform.local;

import org.jspecify.annotations.NullMarked;
