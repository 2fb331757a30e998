/** What the plugin costs beside bare pgBackRest. Run by scripts/bench, never by a build. */
@NullMarked
package org.pgrehearsal.plugin.bench;

import org.jspecify.annotations.NullMarked;
