@NullMarked
package org.pgrehearsal.plugin.config;

import org.jspecify.annotations.NullMarked;
