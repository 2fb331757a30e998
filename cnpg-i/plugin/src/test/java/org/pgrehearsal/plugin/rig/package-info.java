@NullMarked
package org.pgrehearsal.plugin.rig;

import org.jspecify.annotations.NullMarked;
