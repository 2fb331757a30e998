/** What the user asked for: the plugin's entries in a Cluster and their parameters, checked. Starts no process and reads no repository. */
@NullMarked
package org.pgrehearsal.plugin.config;

import org.jspecify.annotations.NullMarked;
